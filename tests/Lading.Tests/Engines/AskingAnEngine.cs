using System.Diagnostics;
using System.Runtime.Versioning;
using Lading.Engines;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Engines;

/// <summary>Programs that never answer stand in for engines whose daemon hangs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AskingAnEngine : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    [InlineData("buildah")]
    public async Task Does_not_wait_for_an_engine_that_does_not_answer(string name)
    {
        var program = Program(name, "exec sleep 600");
        Engine engine = name switch
        {
            "docker" => new DockerEngine(program) { AnswerLimit = TimeSpan.FromSeconds(1) },
            "podman" => new PodmanEngine(program) { AnswerLimit = TimeSpan.FromSeconds(1) },
            _ => new BuildahEngine(program) { AnswerLimit = TimeSpan.FromSeconds(1) },
        };
        var watch = Stopwatch.StartNew();

        Assert.Equal($"'{program}' gave no answer within 1 seconds", await engine.ProbeAsync(Cancelled));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task Each_engine_that_Lading_chooses_has_a_limit()
    {
        foreach (var name in (string[])["docker", "podman", "buildah", "finch", "nerdctl", "other"])
        {
            Assert.Equal(TimeSpan.FromSeconds(30), EngineChoice.Of(name).AnswerLimit);
            Assert.Equal(TimeSpan.FromMinutes(1), EngineChoice.Of(name).RemovalLimit);
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_removal_that_hangs_fails_no_build()
    {
        var program = Program("podman", """[ "$1" != rmi ] || exec sleep 600""");
        var engine = new PodmanEngine(program) { RemovalLimit = TimeSpan.FromSeconds(1) };
        var watch = Stopwatch.StartNew();

        await engine.BuildAsync(Request([]), new Progress<string>(), Cancelled);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task An_unanswered_question_about_builders_is_an_error_that_says_so()
    {
        var engine = new DockerEngine(Program("docker", """[ "$1" != buildx ] || exec sleep 600"""))
        {
            AnswerLimit = TimeSpan.FromSeconds(5),
        };

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            engine.BuildAsync(Request([]), new Progress<string>(), Cancelled)
        );

        Assert.Contains("Could not find out which builder docker has", failure.Message);
        Assert.Contains("gave no answer within 5 seconds. Restart it", failure.Message);
    }

    [Fact]
    public async Task A_build_with_endless_output_shows_its_last_lines()
    {
        var program = Program("podman", "[ \"$1\" != build ] || { seq 1 100000; echo the reason >&2; exit 1; }");

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            new PodmanEngine(program).BuildAsync(Request([]), new Progress<string>(), Cancelled)
        );

        Assert.InRange(failure.Message.Length, 100, 10_000);
        Assert.Contains("lines left out\n", failure.Message);
        Assert.Contains("\n    100000", failure.Message);
        Assert.Contains("the reason", failure.Message);
    }

    [Fact]
    public async Task A_secret_whose_path_has_a_comma_reaches_each_engine_by_its_own_rules()
    {
        var secret = folder.Combine("a,\"b");
        await File.WriteAllTextAsync(secret, "value", Cancelled);
        var secrets = new Dictionary<string, SecretLocation> { ["feed"] = new(null, secret) };
        // Records the secret's option, and the content of the file that an engine splitting it at commas would read.
        const string Split = """
            for word; do case "$word" in id=feed,*) echo "$word" >> asked; cat "${word#id=feed,src=}" >> asked || true ;; esac; done
            """;

        await new PodmanEngine(Program("podman", Split)).BuildAsync(
            Request(secrets),
            new Progress<string>(),
            Cancelled
        );
        var podman = await File.ReadAllLinesAsync(folder.Combine("asked"), Cancelled);
        File.Delete(folder.Combine("asked"));
        await new DockerEngine(Program("docker", Split)).BuildAsync(
            Request(secrets),
            new Progress<string>(),
            Cancelled
        );
        var docker = await File.ReadAllLinesAsync(folder.Combine("asked"), Cancelled);

        Assert.Equal("value", podman[^1]);
        Assert.DoesNotContain(",", podman[0]["id=feed,".Length..]);
        Assert.False(Path.Exists(podman[0]["id=feed,src=".Length..]), "the link stays");
        Assert.Equal($"id=feed,\"src={folder.Combine("a,\"\"b")}\"", docker[0]);
    }

    private BuildRequest Request(Dictionary<string, SecretLocation> secrets) =>
        new()
        {
            Image = "web",
            Context = folder.Path,
            Dockerfile = folder.Combine("Dockerfile"),
            Args = new Dictionary<string, string>(),
            Secrets = secrets,
            Ssh = [],
            Contexts = new Dictionary<string, string>(),
            Platform = Platform.LinuxAmd64,
            Output = folder.Combine("built"),
        };

    private string Program(string name, string script)
    {
        var path = folder.Combine(name);
        File.WriteAllText(path, $"#!/bin/sh\ncd '{folder.Path}'\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
