// Package questions holds the questions of the interface, a file each, named like
// the packages below graph that answer them, and the subscription to changes. A
// question reads the picture of its request and nothing else, but for the list of
// what was loaded.
//
// A question is a row of [All] and a function that makes its field. Types that
// several questions share are made by the first that needs them, so that the rows
// stand in any order.
//
// Only package api may import questions.
package questions
