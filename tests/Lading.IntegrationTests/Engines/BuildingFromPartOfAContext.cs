using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>
/// A build whose context has only what its target reads gives the same with every engine, and builds again only if that
/// changes.
/// </summary>
public sealed class BuildingFromPartOfAContext(ContainerEngines engines)
{
    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    [InlineData("podman", Traits = ["Run", "long"])]
    public async Task Files_that_the_target_does_not_read_change_nothing(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            """
            FROM scratch AS unused
            COPY unused.txt /
            FROM scratch AS base
            ARG TARGETARCH
            COPY bin/$TARGETARCH /bin/
            FROM base
            COPY greeting.tx? /
            """
        );
        var repository = project.Repository;
        repository
            .Write("src/unused.txt", "unused\n")
            .Write("src/bin/amd64/app", "amd64\n")
            .Write("src/bin/arm64/app", "arm64\n");
        await repository.CommitAsync("Programs");

        var first = DockerfileProject.Of(await project.PublishAsync("--engine", engine));
        var files = await project.ReadFilesAsync();
        repository
            .Write("src/unused.txt", "changed\n")
            .Write("src/bin/arm64/app", "changed\n")
            .Write("src/new", "new\n");
        var dirty = DockerfileProject.Of(await project.PublishAsync("--engine", engine));
        await repository.CommitAsync("Nothing that is read");
        var again = DockerfileProject.Of(await project.PublishAsync("--engine", engine));
        repository.Write("src/bin/amd64/app", "changed\n");
        await repository.CommitAsync("Something that is read");
        var second = DockerfileProject.Of(await project.PublishAsync("--engine", engine));

        Assert.Equal(
            ["bin/app=amd64\n", "greeting.txt=hello\n"],
            files.Select(file => $"{file.Key}={file.Value}").Order()
        );
        Assert.Equal(("build", "reuse", "reuse", "build"), (first.Action, dirty.Action, again.Action, second.Action));
        Assert.Equal(first.Digest, again.Digest);
        Assert.Equal("changed\n", (await project.ReadFilesAsync())["bin/app"]);
    }

    /// <summary>All files of a context have one time, and BuildKit asks for none again whose size and time it knows.</summary>
    [Theory]
    [InlineData("docker")]
    [InlineData("buildah")]
    public async Task Another_content_of_the_same_length_arrives(string engine)
    {
        await engines.RequireAsync(engine);
        using var project = await DockerfileProject.CreateAsync(
            """
            FROM scratch
            COPY greeting.txt /
            """
        );
        var said = new List<string>();
        foreach (var greeting in new[] { "hello\n", "howdy\n", "hallo\n", "howdy\n" })
        {
            project.Repository.Write("src/greeting.txt", greeting).Write("src/unread.txt", $"{said.Count}\n");
            await project.Repository.CommitAsync("Another greeting");
            DockerfileProject.Of(await project.PublishAsync("--engine", engine));
            said.Add((await project.ReadFilesAsync())["greeting.txt"]);
        }

        Assert.Equal(["hello\n", "howdy\n", "hallo\n", "howdy\n"], said);
    }
}
