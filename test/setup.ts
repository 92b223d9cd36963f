// A zone with an odd offset (UTC+5:45), so that code which forgets to say which zone it means shows.
process.env["TZ"] = "Asia/Kathmandu";
