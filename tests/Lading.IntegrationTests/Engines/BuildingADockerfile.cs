using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class BuildingADockerfile(ContainerEngines engines)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman")]
    public async Task Each_engine_publishes_it_with_its_arguments_and_its_target(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            $"""
            ARG BASE={BusyboxRoot.Image}
            FROM $BASE AS build
            ARG NAME=nobody
            COPY greeting.txt /in/
            RUN echo "$(cat /in/greeting.txt), $NAME" > /said
            FROM scratch AS final
            COPY --from=build /said /said
            ENV PLACE=here
            CMD ["/said"]
            FROM scratch AS other
            COPY --from=build /said /wrong
            """,
            """, "target": "final", "args": { "NAME": "a b $C" }"""
        );

        var first = DockerfileProject.Of(await project.PublishAsync("--engine", engine));
        var again = DockerfileProject.Of(await project.PublishAsync("--engine", "false"));

        Assert.Equal("build", first.Action);
        Assert.Equal(("reuse", first.Digest, 0), (again.Action, again.Digest, again.BytesSent));
        var file = Assert.Single(await project.ReadFilesAsync());
        Assert.Equal(("said", "hello, a b $C\n"), (file.Key, file.Value));
        Assert.Equal([Platform.LinuxAmd64], project.Locked.Platforms);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task The_engine_sees_exactly_the_files_that_the_fingerprint_saw(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            $"""
            FROM {BusyboxRoot.Image}
            COPY . /context
            RUN cd /context && find . ! -type d | sort | xargs stat -c '%A %n' > /list
            """
        );
        var repository = project.Repository;
        repository
            .Write("src/.dockerignore", "*.log\nsecret\n!secret/public\n")
            .Write("src/today.log", "tracked, and ignored\n")
            .Write("src/secret/key", "tracked, and ignored\n")
            .Write("src/secret/public", "excepted\n")
            .Write("src/deep/er/file", "file\n")
            .Write("src/deep/today.log", "no pattern reaches it\n")
            .Write("src/run.sh", "#!/bin/sh\n")
            .Write("src/lading.json", "{}\n")
            .Write("src/.lading/note", "Lading's own\n")
            .Write("elsewhere", "outside of the context\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "src/link"), "deep/er/file");
        await repository.GitAsync("add", "--all", "--force");
        await repository.GitAsync("update-index", "--chmod=+x", "src/run.sh");
        await repository.GitAsync("commit", "--quiet", "--message", "Files");
        await repository.GitAsync("checkout", "--quiet", "--force", "HEAD");
        repository.Write(".git/info/exclude", "src/untracked\n").Write("src/untracked", "ignored by git\n");

        DockerfileProject.Of(await project.PublishAsync("--engine", engine));

        var list = (await project.ReadFilesAsync())["list"];
        Assert.Equal(
            """
            -rw-r--r-- ./.dockerignore
            -rw-r--r-- ./Dockerfile
            -rw-r--r-- ./deep/er/file
            -rw-r--r-- ./deep/today.log
            -rw-r--r-- ./greeting.txt
            lrwxrwxrwx ./link
            -rwxr-xr-x ./run.sh
            -rw-r--r-- ./secret/public

            """,
            list
        );
        var plan = await ToolRun.InAsync(repository.Folder, "plan", "--output", "json");
        Assert.Contains($"\"inputs\": {list.Count(c => c == '\n')}", plan.Succeeded().Out);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task Only_the_ignore_file_of_the_Dockerfile_counts(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            $"""
            FROM {BusyboxRoot.Image}
            COPY . /context
            RUN find /context ! -type d | sort > /list
            """
        );
        project
            .Repository.Write("src/Dockerfile.dockerignore", "greeting.txt\nDockerfile*\n")
            .Write("src/.dockerignore", "*\n")
            .Write("src/other.txt", "other\n");
        await project.Repository.CommitAsync("Two ignore files");

        DockerfileProject.Of(await project.PublishAsync("--engine", engine));

        Assert.Equal("/context/.dockerignore\n/context/other.txt\n", (await project.ReadFilesAsync())["list"]);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task An_ignore_file_that_is_a_link_out_of_the_context_excludes_what_it_lists(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            $"""
            FROM {BusyboxRoot.Image}
            COPY . /context
            RUN find /context ! -type d | sort > /list
            """
        );
        var repository = project.Repository.Write("rules/ignore", ".env\nDockerfile\n").Write("src/.env", "SECRET=1\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "src/.dockerignore"), "../rules/ignore");
        await repository.CommitAsync("A link");

        DockerfileProject.Of(await project.PublishAsync("--engine", engine));

        // BuildKit itself does not follow the link, and copies .env.
        Assert.Equal("/context/.dockerignore\n/context/greeting.txt\n", (await project.ReadFilesAsync())["list"]);
    }

    [Theory]
    [InlineData("rules", "src/rules")]
    [InlineData("one/../two", "src/one/x")]
    public async Task A_link_within_the_context_means_what_it_means_to_Docker(string target, string file)
    {
        await engines.RequireAsync("docker");
        const string Dockerfile = $"""
            FROM {BusyboxRoot.Image}
            COPY . /context
            RUN find /context ! -type d | sort > /list
            """;
        using var project = await DockerfileProject.CreateAsync(Dockerfile);
        var repository = project.Repository.Write(file, ".env\nDockerfile\n").Write("src/.env", "SECRET=1\n");
        repository.Write("src/two", ".env\nDockerfile\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "src/.dockerignore"), target);
        await repository.CommitAsync("A link");
        var image = $"lading-test-{Guid.NewGuid():n}";
        await ContainerEngines.RunAsync(
            "docker",
            "build",
            "--quiet",
            "--tag",
            image,
            Path.Combine(repository.Folder, "src")
        );
        var theirs = await ContainerEngines.RunAsync(
            "docker",
            "run",
            "--rm",
            "--network",
            "none",
            image,
            "cat",
            "/list"
        );
        await ContainerEngines.RunAsync("docker", "rmi", image);

        DockerfileProject.Of(await project.PublishAsync("--engine", "docker"));

        Assert.Equal(theirs.Trim(), (await project.ReadFilesAsync())["list"].Trim());
        Assert.DoesNotContain(".env", theirs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task Several_platforms_become_one_index(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            "FROM scratch\nCOPY greeting.txt /\n",
            """, "platforms": ["linux/arm64", "linux/amd64"]"""
        );

        var built = DockerfileProject.Of(await project.PublishAsync("--engine", engine));

        var index = await project.Published.FindManifestContentAsync(Digest.Parse(built.Digest), Cancelled);
        Assert.True(index!.IsIndex);
        Assert.Equal(["linux/amd64", "linux/arm64"], index.Children.Select(child => child.Platform!.ToString()));
        await Publishing.VerifiedTags.VerifyAsync(project.Published, Cancelled);
    }

    [Fact]
    public async Task Takes_layers_built_elsewhere_from_the_cache()
    {
        await engines.RequireAsync("buildah");
        await using var registry = await DockerRegistryServer.StartAsync();
        const string Dockerfile = "FROM scratch\nCOPY big.txt /\nCOPY greeting.txt /\n";
        using var here = await DockerfileProject.CreateAsync(Dockerfile);
        here.Repository.Write("src/big.txt", "big\n");
        await here.Repository.CommitAsync("A file that stays");
        var cache = $"{registry.Host}/shop/cache";

        var first = await here.PublishAsync("--engine", Machine("one"), "--cache", cache, "--verbose");
        here.Repository.Write("src/greeting.txt", "hello again\n");
        await here.Repository.CommitAsync("Another greeting");
        var second = await here.PublishAsync("--engine", Machine("other"), "--cache", cache, "--verbose");

        Assert.DoesNotContain("Cache pulled from remote", first.Succeeded().Error);
        Assert.Contains("Cache pulled from remote", second.Succeeded().Error);
        Assert.Equal("hello again\n", (await here.ReadFilesAsync())["greeting.txt"]);

        // Buildah with its own storage, as on another machine.
        string Machine(string name)
        {
            var folder = Path.Combine(here.Repository.Folder, ".lading", name);
            Directory.CreateDirectory(folder);
            var configuration = Path.Combine(folder, "storage.conf");
            File.WriteAllText(
                configuration,
                $"[storage]\ndriver = \"vfs\"\ngraphroot = \"{folder}/graph\"\nrunroot = \"{folder}/run\"\n"
            );
            var program = Path.Combine(folder, "buildah");
            File.WriteAllText(program, $"#!/bin/sh\nCONTAINERS_STORAGE_CONF='{configuration}' exec buildah \"$@\"\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return program;
        }
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task A_failure_shows_the_whole_output_of_the_engine(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            $"FROM {BusyboxRoot.Image}\nRUN echo the first line && echo the reason >&2 && exit 7\n"
        );

        var run = (await project.PublishAsync("--engine", engine)).Failed(FailureKind.Failed);

        Assert.Contains($"Could not build image app for linux/amd64 with {engine}", run.Error);
        Assert.Contains("the first line", run.Error);
        Assert.Contains("the reason", run.Error);
        Assert.Contains("exit", run.Error);
        Assert.Equal("", run.Out);
        Assert.Empty(await project.Published.ListTagsAsync(Cancelled));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task It_leaves_nothing_behind_in_the_engine(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync($"FROM {BusyboxRoot.Image}\nCOPY greeting.txt /\n");

        var before = await BuildsAsync();
        DockerfileProject.Of(await project.PublishAsync("--engine", engine));

        // Other tests build at the same time: their images disappear, but leftovers would not.
        var suspects = (await BuildsAsync()).Except(before, StringComparer.Ordinal).ToList();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        while (suspects.Count > 0)
        {
            await Task.Delay(100, patience.Token);
            suspects = [.. suspects.Intersect(await BuildsAsync(), StringComparer.Ordinal)];
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(project.Repository.Folder, ".lading", "work")));

        async Task<IReadOnlyList<string>> BuildsAsync()
        {
            while (true)
            {
                var (_, images) = await ContainerEngines.TryAsync(engine, "images");
                if (images.ExitCode == 0)
                {
                    return
                    [
                        .. images
                            .Text.Split('\n')
                            .Where(line => line.Contains("lading-build", StringComparison.Ordinal))
                            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]),
                    ];
                }

                // buildah lists nothing while its only image is for another platform, which another test is building.
                await Task.Delay(100, Cancelled);
            }
        }
    }

    [Fact]
    public async Task Builds_with_the_first_engine_that_answers_if_none_is_named()
    {
        await engines.RequireAsync("podman");
        using var project = await DockerfileProject.CreateAsync("FROM scratch\nCOPY greeting.txt /\n");

        var run = await project.PublishAsync("--verbose");

        Assert.Equal("build", DockerfileProject.Of(run).Action);
        Assert.Contains("COPY greeting.txt", run.Error);
    }
}
