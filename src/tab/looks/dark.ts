export { teamsDarkTheme as colours } from "@fluentui/react-components";
