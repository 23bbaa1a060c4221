package mcp

import (
	"context"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/message"
)

// prompt is a piece of work of an office, as words that name the tools and their order.
type prompt struct {
	name, title, about string
	arguments          []*sdk.PromptArgument
	words              func(given map[string]string) message.Text
}

// The languages of prompts, which an argument states.
var promptLanguage = &sdk.PromptArgument{Name: languageArgument, Description: "zh or en (语言). Without it: that of the service."}

var prompts = []prompt{
	{
		name: "weekly_meeting", title: "Weekly meeting · 周例会",
		about: "What a task force (专班) needs at its weekly meeting on a region and an ecosystem (生态圈): gaps, candidates, who opens the door, what to check.",
		arguments: []*sdk.PromptArgument{
			{Name: "region", Required: true, Description: "Region (地区): GB/T 2260 code or name, e.g. 杭州."},
			{Name: "ecosystem", Required: true, Description: "Ecosystem (生态圈), by code or name, e.g. 生物医药."},
			promptLanguage,
		},
		words: func(given map[string]string) message.Text {
			return message.New("Prepare the weekly meeting of the task force for the ecosystem %q in the region %q. Use these tools in this order, each with detail \"brief\":\n"+
				"1. quality (region): which populations are complete, and which list would help most.\n"+
				"2. gaps (region, ecosystem, states [\"ABSENT\", \"WEAK\"]): the links with the highest priority.\n"+
				"3. candidates (region, ecosystem): who would fill them; those in hand come first.\n"+
				"4. introductions (region, companies: the best of them, up to %d at once): who opens the door.\n"+
				"5. challenge (region, link) for each verdict on which the meeting is to decide.\n"+
				"Then write one page: the decisions to take, for each link the state with confidence, population and data date, the company, the path with its consent and the request, "+
				"and what could be wrong. What is unknown is said to be unknown and never zero. Say so where \"synthetic\" is true.",
				given["ecosystem"], given["region"], mostCompanies)
		},
	},
	{
		name: "link_in_depth", title: "One link in depth · 环节深析",
		about: "Everything about one link (环节) in a region: how the verdict is known, what would make it false, who would fill it and how to reach them.",
		arguments: []*sdk.PromptArgument{
			{Name: "region", Required: true, Description: "Region (地区): GB/T 2260 code or name, e.g. 杭州."},
			{Name: "link", Required: true, Description: "Link (环节), by code or unambiguous name."},
			promptLanguage,
		},
		words: func(given map[string]string) message.Text {
			return message.New("Examine the link %q in the region %q. Use these tools in this order:\n"+
				"1. search (text, kinds [\"Link\"]) only where the name is not a code and means several links.\n"+
				"2. evidence (region, link, detail \"full\"): the verdict, its numbers and the facts it rests on.\n"+
				"3. challenge (region, link): in which ways it could be false; look up the ids under \"companies\" with company.\n"+
				"4. candidates (region, link): from outside and from here.\n"+
				"5. what_if (region, land: the best candidate): what would change.\n"+
				"6. introductions (region, companies: the best of them, up to %d at once): who opens the door.\n"+
				"Then answer: what is the state and how sure is it, in which population and as of which day, what would overturn it, "+
				"who should be approached first, by whom, with which request. What is unknown is said to be unknown and never zero. Say so where \"synthetic\" is true.",
				given["link"], given["region"], mostCompanies)
		},
	},
}

// addPrompts adds the prompts to the server.
func (s *Server) addPrompts() {
	for i := range prompts {
		p := &prompts[i]
		s.tools.AddPrompt(&sdk.Prompt{Name: p.name, Title: p.title, Description: p.about, Arguments: p.arguments}, s.prompt(p))
	}
}

// prompt makes the handler of a prompt.
func (s *Server) prompt(p *prompt) sdk.PromptHandler {
	return func(_ context.Context, call *sdk.GetPromptRequest) (*sdk.GetPromptResult, error) {
		if _, err := s.visitorOf(call.Extra); err != nil {
			return nil, err
		}
		given := call.Params.Arguments
		language := s.cfg.Language
		switch asked := given[languageArgument]; asked {
		case "":
		case string(message.Chinese), string(message.English):
			language = message.Language(asked)
		default:
			return nil, invalid(language, message.New("BAD_INPUT: %s is not %q or %q", languageArgument, message.Chinese, message.English))
		}
		for _, a := range p.arguments {
			if value := given[a.Name]; a.Required && value == "" || len(value) > maxLetters {
				return nil, invalid(language, message.New("BAD_INPUT: the argument %q is missing or too long", a.Name))
			}
		}
		return &sdk.GetPromptResult{
			Description: p.about,
			Messages:    []*sdk.PromptMessage{{Role: "user", Content: &sdk.TextContent{Text: p.words(given).In(language)}}},
		}, nil
	}
}
