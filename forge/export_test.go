package forge

// Same lets the tests' store compare tickets as the Desk does.
var Same = same

// FirstTriage lets tests ask events when a ticket was first triaged.
var FirstTriage = firstTriage
