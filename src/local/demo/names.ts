/** First and last names of the made-up team members; any of one goes with any of the other. */
export const firstNames = [
  "Aaliyah", "Adam", "Aisha", "Alex", "Amelia", "Ana", "Andre", "Anya", "Ben", "Bilal", "Callum", "Carmen", "Charlotte",
  "Chen", "Daniel", "Deepa", "Elena", "Ella", "Emeka", "Eva", "Faisal", "Freya", "George", "Grace", "Hana", "Harriet",
  "Hassan", "Helen", "Ibrahim", "Isla", "Jamal", "Jodie", "Joseph", "Kai", "Karolina", "Kemi", "Laila", "Leon", "Lucy",
  "Magda", "Maya", "Michael", "Mina", "Nathan", "Neha", "Nina", "Olga", "Oscar", "Paolo", "Poppy", "Rachel", "Reza",
  "Rosa", "Sam", "Sana", "Shreya", "Sofia", "Tariq", "Theo", "Uche", "Vera", "Will", "Yasmin", "Zara",
] as const;

export const lastNames = [
  "Ahmed", "Ali", "Allen", "Appiah", "Bailey", "Banerjee", "Begum", "Bell", "Brown", "Chan", "Clarke", "Cole", "Costa",
  "Davies", "Dias", "Edwards", "Evans", "Farah", "Ferreira", "Foster", "Garcia", "Gordon", "Green", "Hall", "Harris",
  "Hassan", "Hughes", "Ibekwe", "Islam", "Jackson", "James", "Joseph", "Kaur", "Khan", "King", "Kowalska", "Lewis",
  "Lopez", "Martin", "Mehta", "Miah", "Mitchell", "Morris", "Murphy", "Nowak", "Obi", "Osei", "Owusu", "Parker", "Patel",
  "Phillips", "Popescu", "Rahman", "Reid", "Roberts", "Rossi", "Shah", "Silva", "Singh", "Taylor", "Thomas", "Turner",
  "Walker", "Wright", "Yilmaz", "Young",
] as const;
