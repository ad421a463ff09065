using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>git refuses to read a repository that belongs to another user, and says what to do.</summary>
public sealed class PublishingFromSomebodyElsesRepository
{
    [Theory]
    [InlineData("publish")]
    [InlineData("publish", "--dirty")]
    [InlineData("plan")]
    [InlineData("why", "site")]
    public async Task The_error_of_git_and_its_remedy_are_passed_on(params string[] arguments)
    {
        using var project = await SmallProject.CreateAsync();
        var call = ToolProcess.Call(project.Repository.Folder, arguments) with
        {
            Environment = new Dictionary<string, string?>
            {
                // What git's own tests use instead of another user.
                ["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1",
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_NOSYSTEM"] = "1",
            },
        };

        var run = await ToolProcess.RunAsync(call);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("dubious ownership", run.Error);
        Assert.Contains("git config --global --add safe.directory", run.Error);
        Assert.Contains("belongs to another user", run.Error);
    }
}
