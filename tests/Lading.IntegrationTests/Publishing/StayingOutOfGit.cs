using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>
/// <c>.lading</c> has images and copies of sources: <c>git add -A</c> must never add it, even if nobody ran
/// <c>init</c>.
/// </summary>
public class StayingOutOfGit
{
    [Theory]
    [InlineData("publish")]
    [InlineData("publish", "--dirty")]
    [InlineData("plan")]
    [InlineData("resolve")]
    [InlineData("why", "web")]
    [InlineData("check")]
    [InlineData("bases")]
    [InlineData("run", "--", "true")]
    public async Task The_first_run_of_a_verb_leaves_nothing_to_add(params string[] arguments)
    {
        using var project = await SmallProject.CreateAsync();
        project.Repository.Write(".gitignore", "");
        await project.Repository.CommitAsync("Nothing is ignored");

        // Whether or not the verb has anything to do.
        await ToolRun.InAsync(project.Repository.Folder, arguments);

        await project.Repository.GitAsync("add", "--all");
        Assert.Equal("", await project.Repository.GitAsync("diff", "--cached", "--name-only"));
    }

    [Fact]
    public async Task Leaves_an_existing_ignore_file_alone()
    {
        using var project = await SmallProject.CreateAsync();
        project.Repository.Write(".lading/.gitignore", "*\n!*.lock.json\n");

        (await ToolRun.InAsync(project.Repository.Folder, ["publish"])).Succeeded();

        Assert.Equal("*\n!*.lock.json\n", project.Repository.Read(".lading/.gitignore"));
    }
}
