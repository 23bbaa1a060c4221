package mcp

import (
	"context"
	"net/url"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/vektah/gqlparser/v2/ast"

	"liantu/api"
	"liantu/api/fault"
	"liantu/graph/gaps"
	"liantu/graph/unknowns"
	"liantu/message"
)

// resource is a document that agents read by its address. It is asked for and answered as a
// tool is, and counts as much.
type resource struct {
	uri, name, title, about string

	document string // which is asked for
	variable string // of the document, which the end of the address states; "" where it has none
	fixed    string // the value of the variable where the address states none
}

// mimeType is that of every resource.
const mimeType = "application/json"

// The resources, and those of which there is one for each value of a variable.
var resources = []resource{
	{
		uri: "liantu://vocabulary", name: "vocabulary", title: "Vocabulary · 术语", document: "vocabulary",
		about: "What states (状态), actions (建议动作), grades (证据等级), populations (口径), kinds of nodes (类别) and other codes of answers mean, in English and Chinese.",
	},
	{
		uri: "liantu://regions", name: "regions", title: "Provinces · 省级地区", document: "regions", variable: "parent", fixed: country,
		about: "The provinces (省级), with code, name, level and parent.",
	},
	{
		uri: "liantu://chains", name: "chains", title: "Ecosystems and chains · 生态圈与产业链", document: "chains",
		about: "All ecosystems (生态圈) with their industry chains (产业链), with codes and names.",
	},
	{
		uri: "liantu://regions/{parent}", name: "regions-of", title: "Regions of a region · 下级地区", document: "regions", variable: "parent",
		about: "The regions right below a region, with code, name, level and parent; its GB/T 2260 code such as 330000.",
	},
	{
		uri: "liantu://chains/{code}", name: "chain", title: "One chain · 产业链", document: "chain", variable: "code",
		about: "One industry chain (产业链) with its links (环节) as a tree of three levels, with codes; totalCount states where there are more.",
	},
}

// addResources adds the resources to the server.
func (s *Server) addResources(schema *ast.Schema) error {
	for i := range resources {
		r := &resources[i]
		q, err := readQuestion(schema, r.document)
		if err != nil {
			return err
		}
		read := s.read(r, q, nil)
		if r.document == "vocabulary" {
			read = s.read(r, q, vocabulary(schema))
		}
		if r.variable != "" && r.fixed == "" {
			s.tools.AddResourceTemplate(&sdk.ResourceTemplate{
				URITemplate: r.uri, Name: r.name, Title: r.title, Description: r.about, MIMEType: mimeType,
			}, read)
			continue
		}
		s.tools.AddResource(&sdk.Resource{URI: r.uri, Name: r.name, Title: r.title, Description: r.about, MIMEType: mimeType}, read)
	}
	return nil
}

// read makes the handler of a resource. Names are in both languages. A text stands for the
// answer where that follows from the schema alone.
func (s *Server) read(r *resource, q *question, instead []byte) sdk.ResourceHandler {
	return func(ctx context.Context, call *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		variables := map[string]any{}
		if r.variable != "" {
			variables[r.variable] = r.fixed
		}
		if r.variable != "" && r.fixed == "" {
			prefix, _, _ := strings.Cut(r.uri, "{")
			value, err := url.PathUnescape(strings.TrimPrefix(call.Params.URI, prefix))
			if err != nil || len(value) > maxLetters {
				return nil, sdk.ResourceNotFoundError(call.Params.URI)
			}
			variables[r.variable] = value
		}
		response, err := s.execute(ctx, r.name, call.Extra, api.Request{Query: q.text, Variables: variables, Language: s.cfg.Language})
		if err != nil {
			return nil, err
		}
		if failed(response) {
			return nil, s.unread(response.Errors)
		}
		text, err := s.writeResource(q, response, instead)
		if err != nil {
			return nil, err
		}
		return &sdk.ReadResourceResult{Contents: []*sdk.ResourceContents{{URI: call.Params.URI, MIMEType: mimeType, Text: string(text)}}}, nil
	}
}

// writeResource writes a resource in the form of an answer.
func (s *Server) writeResource(q *question, r *api.Response, instead []byte) ([]byte, error) {
	if instead == nil {
		return writeAnswer(&tool{}, q, manner{language: message.English}, nil, r)
	}
	buf := append(appendPicture([]byte(`{"graph":`), &r.Extensions), `,"answer":`...)
	return append(append(buf, instead...), '}'), nil
}

// unread is the error of a resource that cannot be read.
func (s *Server) unread(errs []fault.Error) error {
	failure := &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: string(fault.CodeInternal)}
	if len(errs) > 0 {
		failure.Message = explain(s.cfg.Language, errs[0])
		switch errs[0].Code() {
		case fault.CodeNotFound:
			failure.Code = jsonrpc.CodeInvalidParams
		case fault.CodeInternal:
		default:
			failure.Code = jsonrpc.CodeInvalidParams
		}
	}
	return failure
}

// invalid is the error of a request with an argument that is not valid.
func invalid(language message.Language, text message.Text) error {
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: text.In(language)}
}

// codeLists are the enums of the schema that agents meet in answers and arguments, by what
// they are called in the vocabulary.
var codeLists = [][2]string{
	{"states", "VerdictState"},
	{"actions", "VerdictAction"},
	{"grades", "Grade"},
	{"populations", "Population"},
	{"kinds", "NodeKind"},
	{"candidates", "CandidateKind"},
	{"quadrants", "Quadrant"},
	{"classes", "VerdictClass"},
	{"positions", "LinkPosition"},
	{"holds", "LinkHolds"},
	{"targets", "TargetsStatus"},
	{"stages", "ProjectStage"},
	{"consent", "PersonConsent"},
	{"levels", "RegionLevel"},
}

// vocabulary writes what the codes mean as the schema has it.
func vocabulary(schema *ast.Schema) []byte {
	buf := []byte{'{'}
	for _, list := range codeLists {
		definition := schema.Types[list[1]]
		if definition == nil {
			continue // the model has no such property
		}
		if len(buf) > 1 {
			buf = append(buf, ',')
		}
		buf = append(appendText(buf, list[0]), `:{`...)
		for i, value := range definition.EnumValues {
			if i > 0 {
				buf = append(buf, ',')
			}
			en, zh := inBoth(value.Description)
			buf = append(appendText(buf, value.Name), `:{"en":`...)
			buf = append(appendText(buf, en), `,"zh":`...)
			buf = append(appendText(buf, zh), '}')
		}
		buf = append(buf, '}')
	}
	buf = append(buf, `,"unknowns":{`...)
	for i, why := range gaps.MissingCodes() {
		if i > 0 {
			buf = append(buf, ',')
		}
		text := unknowns.Words(why)
		buf = append(appendText(buf, string(why)), `:{"en":`...)
		buf = append(appendText(buf, text.En), `,"zh":`...)
		buf = append(appendText(buf, text.Zh), '}')
	}
	return append(buf, "}}"...)
}
