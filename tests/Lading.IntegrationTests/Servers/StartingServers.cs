using System.Net;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Servers;

/// <summary>What other tests build on: if one of these fails, look here first.</summary>
public sealed class StartingServers(ContainerEngines engines, MotoServer moto)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registry_answers_and_is_empty()
    {
        await using var registry = await DockerRegistryServer.StartAsync();

        var answer = await registry.Http.GetAsync(new Uri("v2/_catalog", UriKind.Relative), Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"repositories":[]}""", (await answer.Content.ReadAsStringAsync(Cancelled)).Trim());
    }

    [Fact]
    public async Task The_stand_in_for_AWS_answers()
    {
        using var http = new HttpClient { BaseAddress = await moto.RequireAsync() };

        var answer = await http.GetAsync(new Uri("moto-api/data.json", UriKind.Relative), Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman")]
    public async Task An_engine_builds_on_the_base_image_and_runs_its_commands(string engine)
    {
        await engines.RequireAsync(engine);
        using var context = new TestFolder();
        var name = $"localhost/lading-test:{Guid.NewGuid():N}";
        var dockerfile = $"FROM {BusyboxRoot.Image}\nRUN echo built | tr a-z A-Z > /tmp/word && grep BUILT /tmp/word\n";
        await File.WriteAllTextAsync(context.Combine("Dockerfile"), dockerfile, Cancelled);
        var build = new ProgramCall(engine, "build", "--tag", name, context.Path);

        var result = await ProgramRunner.RunAsync(build, ReadOnlyMemory<byte>.Empty, Cancelled);

        Assert.True(result.ExitCode == 0, result.Error);
        await ContainerEngines.RunAsync(engine, "rmi", name);
    }

    [Fact]
    public async Task The_tool_runs_as_a_process_of_its_own()
    {
        using var folder = new TestFolder();

        var run = await ToolProcess.RunAsync(folder.Path, "--version");

        Assert.Equal("", run.Error);
        Assert.StartsWith("0.", run.Succeeded().Out, StringComparison.Ordinal);
    }
}
