using Lading.Cli.Docker;
using Lading.Engines;
using Lading.Testing;

namespace Lading.Tests.Commands.Docker;

public class ReadingDockersBuildOptions
{
    private static readonly Dictionary<string, string> Variables = new() { ["SET"] = "from here" };

    [Fact]
    public void The_documented_table_matches_the_code()
    {
        var documented = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "assets.md"))
            .Where(line => line.StartsWith("| `--", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(BuildOptions.All.Select(Row), documented);
    }

    [Fact]
    public void Options_are_sorted_and_unique()
    {
        var names = BuildOptions.All.Select(option => option.Name).ToList();
        var letters = BuildOptions.All.Select(option => option.Short).OfType<string>().ToList();

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(letters.Distinct(), letters);
    }

    [Fact]
    public void Words_are_read_as_Docker_reads_them()
    {
        var read = Read(
            "-qtweb:1",
            "--tag=web:2",
            "-t=web:3",
            "-f",
            "Other",
            "--platform",
            "linux/arm64",
            "--build-arg",
            "A=b=c",
            "--build-arg",
            "SET",
            "--build-arg",
            "UNSET",
            "--build-context",
            "lib=../lib",
            "--secret",
            "id=one,\"src=a,b\"",
            "--secret",
            "type=env,id=two,env=TWO",
            "--secret",
            "id=three",
            "--ssh",
            "default",
            "--no-cache=false",
            "--",
            "-folder"
        );

        Assert.Equal(["web:1", "web:2", "web:3"], read.Names);
        Assert.True(read.IsQuiet);
        Assert.Equal(("Other", "-folder"), (read.Dockerfile, read.Context));
        Assert.Equal("linux/arm64", read.Platform.ToString());
        Assert.Equal(new Dictionary<string, string> { ["A"] = "b=c", ["SET"] = "from here" }, read.Args);
        Assert.Equal("../lib", read.Contexts["lib"]);
        Assert.Equal(new SecretLocation(null, "a,b"), read.Secrets["one"]);
        Assert.Equal(new SecretLocation("TWO", null), read.Secrets["two"]);
        Assert.Equal(new SecretLocation("three", null), read.Secrets["three"]);
        Assert.Equal(["default"], read.Ssh);
        Assert.Equal(["--no-cache=false"], With("docker", read));
    }

    [Theory]
    [InlineData("docker", "--add-host a=192.0.2.1", "--add-host a=192.0.2.1")]
    [InlineData("podman", "--add-host a=192.0.2.1", "--add-host a:192.0.2.1")]
    [InlineData("buildah", "--network none --label a=b --pull", "--network none --label a=b --pull")]
    [InlineData("docker", "--builder big", "--builder big --load")]
    [InlineData("docker", "--no-cache-filter build", "--no-cache-filter build")]
    [InlineData("podman", "--no-cache-filter build", "--no-cache")]
    [InlineData("docker", "--cache-from type=gha", "--cache-from type=gha")]
    [InlineData("podman", "--cache-from type=registry,ref=example.com/a/b:tag", "--cache-from example.com/a/b")]
    [InlineData("podman", "--cache-to type=registry,mode=max,ref=example.com/a/b", "--cache-to example.com/a/b")]
    [InlineData("podman", "--cache-from type=gha", "")]
    [InlineData("docker", "-m 1g -c 5 --ulimit nofile=1", "--memory 1g --cpu-shares 5 --ulimit nofile=1")]
    [InlineData("docker", "--provenance=false --sbom false --attest type=sbom,disabled=true", "")]
    [InlineData("docker", "--load --rm --force-rm --compress --progress tty -D --output type=docker", "")]
    [InlineData("podman", "--allow network.host --annotation a=b --squash", "--annotation a=b --squash")]
    public void Each_engine_gets_its_own_form_of_an_option(string engine, string options, string expected) =>
        Assert.Equal(expected, string.Join(' ', With(engine, Read([.. options.Split(' '), "--tag", "a", "."]))));

    [Theory]
    [InlineData(
        "docker",
        "--annotation a=b",
        "Could not build with --annotation a=b: 'docker save' keeps no annotations"
    )]
    [InlineData("podman", "--builder big", "only buildx has builders")]
    [InlineData("podman", "--allow security.insecure", "only BuildKit has entitlements")]
    [InlineData("docker", "--provenance mode=max", "holds no attestations")]
    [InlineData("podman", "--sbom=true", "holds no attestations")]
    [InlineData("docker", "--output type=local,dest=out", "the image is kept for the push")]
    [InlineData("docker", "--push", "the CDK pushes by a call of its own")]
    [InlineData("docker", "--check", "it builds nothing")]
    [InlineData("docker", "--squash", "BuildKit does not know it")]
    [InlineData("docker", "--platform linux/amd64,linux/arm64", "it is not one platform")]
    [InlineData("docker", "--file -", "a Dockerfile is read from files only")]
    [InlineData("docker", "--frobnicate", "neither 'docker build' nor 'docker buildx build' is known to have it")]
    [InlineData("docker", "-x", "neither 'docker build'")]
    public void Refuses_unsupported_options_with_the_reason(string engine, string options, string reason)
    {
        var failure = Assert.Throws<LadingException>(() =>
            With(engine, Read([.. options.Split(' '), "--tag", "a", "."]))
        );

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains(reason, failure.Message);
        Assert.Contains("leave CDK_DOCKER out", failure.Message);
    }

    [Theory]
    [InlineData("--tag", "its value is missing")]
    [InlineData("--tag a", "a folder must be named")]
    [InlineData(". --label a=b", "needs a name")]
    [InlineData("--tag a -", "a context is a folder here")]
    [InlineData("--tag a https://example.com/a.git", "a context is a folder here")]
    [InlineData("--tag a b c", "there can be one")]
    public void A_command_line_that_lacks_something_is_refused(string words, string reason) =>
        Assert.Contains(reason, Assert.Throws<LadingException>(() => Read(words.Split(' '))).Message);

    private static string Row(BuildOption option) =>
        $"| `{option.Name}`{(option.Short is { } letter ? $", `{letter}`" : "")} | {option.WithDocker} | {option.WithContainers} |";

    private static DockerBuildArguments Read(params string[] words) =>
        DockerBuildArguments.Read(words, name => Variables.GetValueOrDefault(name));

    private static IEnumerable<string> With(string engine, DockerBuildArguments arguments) =>
        arguments.UsesWith(EngineChoice.Of(engine)).SelectMany(use => use.Arguments);
}
