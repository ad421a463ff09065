using System.Runtime.Versioning;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>
/// Programs that do not answer stand in for engines: the error says which one was asked, and who named it.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class ChoosingAnEngine : IDisposable
{
    private readonly TestFolder folder = new();

    private string Asked => File.Exists(folder.Combine("asked")) ? File.ReadAllText(folder.Combine("asked")) : "";

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("first", "second", "third", "first, which --engine names")]
    [InlineData(null, "second", "third", "second, which LADING_ENGINE names")]
    [InlineData(null, "", "third", "third, which CDK_DOCKER names")]
    public async Task The_command_line_takes_precedence_over_LADING_ENGINE_and_that_over_CDK_DOCKER(
        string? option,
        string variable,
        string cdk,
        string expected
    )
    {
        using var project = await DockerfileProject.CreateAsync("FROM scratch\nCOPY greeting.txt /\n");
        var environment = new Dictionary<string, string>
        {
            ["LADING_ENGINE"] = variable.Length == 0 ? "" : Program(variable),
            ["CDK_DOCKER"] = Program(cdk),
        };

        var run = await ToolRun.InAsync(
            project.Repository.Folder,
            environment,
            option is null ? ["publish"] : ["publish", "--engine", Program(option)]
        );

        run.Failed(FailureKind.Failed);
        Assert.Contains($"Could not build with {folder.Combine(expected)}", run.Error);
        Assert.Contains("it does not answer: I am ill", run.Error);
        Assert.Equal(expected.Split(',')[0] + "\n", Asked);
    }

    [Fact]
    public async Task One_that_is_not_installed_is_an_error_that_names_it()
    {
        using var project = await DockerfileProject.CreateAsync("FROM scratch\nCOPY greeting.txt /\n");

        var run = await project.PublishAsync("--engine", "no-such-engine");

        Assert.Contains("no-such-engine, which --engine names", run.Failed(FailureKind.Usage).Error);
        Assert.Contains("the program was not found", run.Error);
    }

    [Fact]
    public async Task None_is_asked_if_nothing_needs_one()
    {
        using var project = await Publishing.SmallProject.CreateAsync();
        var environment = new Dictionary<string, string> { ["LADING_ENGINE"] = Program("first") };

        (await ToolRun.InAsync(project.Repository.Folder, environment, ["publish"])).Succeeded();

        Assert.Equal("", Asked);
    }

    /// <summary>A program that records its name and fails.</summary>
    private string Program(string name)
    {
        var path = folder.Combine(name);
        File.WriteAllText(path, $"#!/bin/sh\necho {name} >> {folder.Combine("asked")}\necho I am ill >&2\nexit 1\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
