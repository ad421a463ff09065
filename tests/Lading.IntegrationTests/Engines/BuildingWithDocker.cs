using System.Runtime.Versioning;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>
/// Which of Docker's builders is used; the stand-in for its client prints how it was called, and builds nothing.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class BuildingWithDocker : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, "28.2.2", "DOCKER_BUILDKIT=1 build --progress plain --tag")]
    [InlineData(1, "20.10.24+dfsg1", "DOCKER_BUILDKIT=1 build --progress plain --tag")]
    [InlineData(1, "23.0.1", "DOCKER_BUILDKIT=0 build --force-rm --tag")]
    [InlineData(1, "28.2.2", "DOCKER_BUILDKIT=0 build --force-rm --tag")]
    [InlineData(1, "v2.1.0", "DOCKER_BUILDKIT=1 build --progress plain --tag")]
    public async Task BuildKit_builds_if_buildx_or_the_client_has_it(int buildx, string client, string expected)
    {
        using var project = await DockerfileProject.CreateAsync("FROM scratch\nCOPY greeting.txt /\n");

        var run = await project.PublishAsync("--engine", Client(buildx, client));

        Assert.Contains("with docker: ", run.Failed(FailureKind.Failed).Error);
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task A_cache_is_named_after_the_image_and_its_platform()
    {
        using var project = await DockerfileProject.CreateAsync("FROM scratch\nCOPY greeting.txt /\n");
        const string Cache = "registry.example.com/shop/cache";

        var run = await project.PublishAsync("--engine", Client(buildx: 0, "28.2.2"), "--cache", Cache);
        var without = await project.PublishAsync("--engine", Client(buildx: 1, "20.10.24"), "--cache", Cache);
        var wrong = await project.PublishAsync("--cache", Cache + ":latest");

        const string Reference = $"type=registry,ref={Cache}:app-linux-amd64";
        Assert.Contains(
            $"--cache-from {Reference} --cache-to {Reference},mode=max,image-manifest=true,oci-mediatypes=true",
            run.Failed(FailureKind.Failed).Error
        );
        Assert.Contains("buildx is not installed", without.Failed(FailureKind.Failed).Error);
        Assert.Contains("has a tag or digest", wrong.Failed(FailureKind.Usage).Error);
    }

    [Fact]
    public async Task Variables_that_buildx_turns_into_arguments_and_labels_do_not_reach_it()
    {
        using var project = await DockerfileProject.CreateAsync("FROM scratch\nCOPY greeting.txt /\n");

        // In a process of its own: other tests build at the same time.
        var call = ToolProcess.Call(project.Repository.Folder, "publish", "--engine", Client(buildx: 0, "28.2.2")) with
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["SOURCE_DATE_EPOCH"] = "1",
                ["BUILDX_GIT_LABELS"] = "full",
            },
        };
        var run = await ToolProcess.RunAsync(call);

        Assert.Contains("epoch none, labels none: ", run.Failed(FailureKind.Failed).Error);
    }

    [Fact]
    public async Task Without_BuildKit_an_image_that_needs_it_is_refused_with_the_remedy()
    {
        using var project = await DockerfileProject.CreateAsync(
            "FROM scratch\nCOPY greeting.txt /\n",
            """, "secrets": { "feed": { "env": "FEED_TOKEN" } }"""
        );

        var run = await project.PublishAsync("--engine", Client(buildx: 1, "28.2.2"));

        Assert.Contains("it has \"secrets\", which only BuildKit knows", run.Failed(FailureKind.Failed).Error);
        Assert.Contains("buildx is not installed. Install it", run.Error);
    }

    /// <summary>buildx knows a context by the last name of its folder, and sends no file that it knows by size and time.</summary>
    [Fact]
    public async Task Each_content_of_a_context_has_a_folder_name_of_its_own()
    {
        using var project = await DockerfileProject.CreateAsync("FROM scratch\nCOPY greeting.txt /\n");
        var client = Client(buildx: 0, "28.2.2");
        var call = ToolProcess.Call(
            Path.Combine(project.Repository.Folder, "src"),
            "docker",
            "build",
            "--tag",
            "own:1",
            "."
        ) with
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LADING_ENGINE"] = client,
                ["LADING_DOCKER_FOLDER"] = folder.Combine("state"),
            },
        };
        var names = new List<string>();
        foreach (var greeting in (string[])["howdy\n", "hallo\n"])
        {
            project.Repository.Write("src/greeting.txt", greeting);
            await project.Repository.CommitAsync("Another greeting");
            names.Add(ContextOf(await project.PublishAsync("--engine", client)));
            names.Add(ContextOf(await ToolProcess.RunAsync(call)));
        }

        Assert.Distinct(names);
    }

    /// <summary>The last name of the folder that the client was to build.</summary>
    private static string ContextOf(ToolRun run)
    {
        var lines = run.Failed(FailureKind.Failed).Error.TrimEnd().Split('\n');
        var arguments = Array.Find(lines, line => line.Contains("DOCKER_BUILDKIT=1", StringComparison.Ordinal));
        Assert.NotNull(arguments);
        var context = arguments.Split(' ')[^1];
        Assert.True(Path.IsPathRooted(context), arguments);
        return Path.GetFileName(context);
    }

    private string Client(int buildx, string version)
    {
        var path = folder.Combine("docker");
        File.WriteAllText(
            path,
            $$"""
            #!/bin/sh
            case "$1 $3" in
              "buildx "*) exit {{buildx}} ;;
              *Server*) echo 20.10.24 ;;
              *Client*) echo {{version}} ;;
              *) echo "epoch ${SOURCE_DATE_EPOCH:-none}, labels ${BUILDX_GIT_LABELS:-none}: DOCKER_BUILDKIT=$DOCKER_BUILDKIT $*" >&2; exit 1 ;;
            esac

            """
        );
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
