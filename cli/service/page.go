package service

import (
	"liantu/api/page"
	"liantu/web"
)

// screens are the paths of the page that its script draws.
var screens = []string{"/overview", "/map", "/battle", "/data", "/signin"}

// mountPage serves the page for strategists, where the program has it and the settings do
// not turn it off.
func (c *Config) mountPage(s *Service) error {
	files := web.Files()
	if files == nil || c.Settings.Server.Page != "on" {
		return nil
	}
	p, err := page.New(files, c.Settings.Server.Compression == "on", screens...)
	if err != nil {
		return err
	}
	for _, path := range p.Paths() {
		s.server.Mount(path, p)
	}
	s.page = true
	return nil
}
