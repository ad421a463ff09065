using System.Runtime.Versioning;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>
/// Docker's builder from before BuildKit, which a newer client without buildx uses; the real daemon builds.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class BuildingWithoutBuildKit(ContainerEngines engines) : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("../rules/ignore", "rules/ignore", "/context/.dockerignore\n/context/greeting.txt\n")]
    [InlineData("rules", "src/rules", "/context/.dockerignore\n/context/greeting.txt\n/context/rules\n")]
    public async Task An_ignore_file_that_is_a_link_excludes_what_it_lists_and_its_target_is_unchanged(
        string target,
        string rules,
        string expected
    )
    {
        await engines.RequireAsync("docker");
        using var project = await DockerfileProject.CreateAsync(
            $"""
            FROM {BusyboxRoot.Image}
            COPY . /context
            RUN find /context ! -type d | sort > /list
            """
        );
        var repository = project.Repository.Write(rules, ".env\nDockerfile\n").Write("src/.env", "SECRET=1\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "src/.dockerignore"), target);
        await repository.CommitAsync("A link");

        DockerfileProject.Of(await project.PublishAsync("--engine", ClientWithoutBuildKit()));

        var files = await project.ReadFilesAsync();
        Assert.Equal(expected, files["list"]);
        Assert.Equal(".env\nDockerfile\n", files.GetValueOrDefault("context/rules", ".env\nDockerfile\n"));
    }

    /// <summary>The real client, which claims to be a newer one without buildx.</summary>
    private string ClientWithoutBuildKit()
    {
        var path = folder.Combine("docker");
        File.WriteAllText(
            path,
            """
            #!/bin/sh
            case "$1 $3" in
              "buildx "*) exit 1 ;;
              *Client*) echo 28.2.2 ;;
              *) exec docker "$@" ;;
            esac

            """
        );
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
