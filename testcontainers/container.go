package testcontainers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/moby/moby/client"
	tc "github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/log"
)

// The labels of the containers say which process they belong to, so that a later
// test binary can remove those that a killed one left.
const (
	labelHost = "liantu.test.host"
	labelPID  = "liantu.test.pid"
)

const boltPort = "7687/tcp"

// startContainer starts a Neo4j, which may not answer yet.
func startContainer(ctx context.Context, password string) (uri string, c tc.Container, err error) {
	// Where there is no engine the library panics when it looks for one.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("no Docker engine: %v", r)
		}
	}()
	// Main and removeLeftovers replace the library's reaper, whose image would
	// have to be downloaded. The library reads this only once.
	if os.Getenv("TESTCONTAINERS_RYUK_DISABLED") == "" {
		if err := os.Setenv("TESTCONTAINERS_RYUK_DISABLED", "true"); err != nil {
			return "", nil, err
		}
	}
	log.SetDefault(log.NewNoopLogger()) // its messages do not belong in the output of tests
	if err := removeLeftovers(ctx); err != nil {
		return "", nil, err
	}
	image := os.Getenv(EnvImage)
	if image == "" {
		image = DefaultImage
	}
	auth := "none"
	if password != "" {
		auth = "neo4j/" + password
	}
	host, err := os.Hostname()
	if err != nil {
		return "", nil, err
	}
	container, err := tc.Run(ctx, image,
		tc.WithExposedPorts(boltPort),
		tc.WithEnv(map[string]string{
			"NEO4J_AUTH": auth,
			// Tests empty the database often. Without this setting statements
			// would be planned again each time.
			"NEO4J_dbms_cypher_min__replan__interval": "24h",
			"NEO4J_server_memory_heap_max__size":      "1g",
			"NEO4J_server_memory_pagecache_size":      "256m",
		}),
		tc.WithLabels(map[string]string{labelHost: host, labelPID: strconv.Itoa(os.Getpid())}),
	)
	if err != nil {
		// A container that was created but does not run must be removed too.
		return "", nil, errors.Join(fmt.Errorf("the image %q cannot be started: %w", image, err), terminate(container))
	}
	endpoint, err := container.PortEndpoint(ctx, boltPort, "bolt")
	if err != nil {
		return "", nil, errors.Join(err, terminate(container))
	}
	return endpoint, container, nil
}

func terminate(c *tc.DockerContainer) error {
	if c == nil {
		return nil
	}
	return tc.TerminateContainer(c, tc.StopTimeout(0))
}

// removeLeftovers removes the containers of test binaries of this machine that
// ended without removing them.
func removeLeftovers(ctx context.Context) (err error) {
	docker, err := tc.NewDockerClientWithOpts(ctx)
	if err != nil {
		return fmt.Errorf("no Docker engine: %w", err)
	}
	defer func() { err = errors.Join(err, docker.Close()) }()
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	list, err := docker.ContainerList(ctx, client.ContainerListOptions{
		All:     true,
		Filters: client.Filters{}.Add("label", labelHost+"="+host),
	})
	if err != nil {
		return fmt.Errorf("no Docker engine: %w", err)
	}
	for _, c := range list.Items {
		pid, err := strconv.Atoi(c.Labels[labelPID])
		if err != nil || alive(pid) {
			continue
		}
		// Another test binary may remove it at the same time.
		_, err = docker.ContainerRemove(ctx, c.ID, client.ContainerRemoveOptions{Force: true, RemoveVolumes: true})
		if err != nil && !strings.Contains(err.Error(), "No such container") && !strings.Contains(err.Error(), "already in progress") {
			return fmt.Errorf("the container %q of an earlier test cannot be removed: %w", c.ID, err)
		}
	}
	return nil
}

// alive reports whether a process of this machine runs.
func alive(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	return !errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
