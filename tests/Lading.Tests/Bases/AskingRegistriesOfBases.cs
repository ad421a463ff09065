using System.Text;
using Lading.Bases;
using Lading.Oci;
using Lading.Server;
using Lading.Server.Access;
using Lading.Testing;

namespace Lading.Tests.Bases;

public sealed class AskingRegistriesOfBases
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_are_asked_at_the_same_time()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        var survey = new BaseSurvey(
            new RegistriesByHost(
                async (host, token) =>
                {
                    if (Interlocked.Increment(ref asked) == 4)
                    {
                        all.SetResult();
                    }

                    await all.Task.WaitAsync(token);
                    throw new LadingException($"Could not ask {host}", "it is not there");
                }
            ),
            new ManualTime()
        );

        var standings = await survey.LookAsync([Use("a"), Use("b"), Use("c"), Use("d")], withAges: true, Cancelled);

        Assert.Equal(["a", "b", "c", "d"], standings.Select(each => each.Use.Reference));
        Assert.All(standings, each => Assert.Equal(BaseState.Unpinned, each.State));
        Assert.All(standings, each => Assert.Equal("it is not there", each.Failure!.CameBack));
    }

    [Fact]
    public async Task One_that_does_not_answer_is_abandoned_after_the_limit()
    {
        var time = new ManualTime();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var survey = new BaseSurvey(
            new RegistriesByHost(
                async (_, token) =>
                {
                    begun.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                    throw new InvalidOperationException();
                }
            ),
            time,
            TimeSpan.FromSeconds(10)
        );

        var resolving = survey.ResolveAsync([Use("a")], _ => null, Cancelled);
        await begun.Task.WaitAsync(Cancelled);
        time.Advance(TimeSpan.FromSeconds(11));
        var resolved = Assert.Single(await resolving);

        Assert.Null(resolved.Pin);
        Assert.Equal("docker.io did not answer within 10 s", resolved.Failure!.CameBack);
    }

    [Fact]
    public async Task A_private_one_is_asked_with_the_logins_of_Docker()
    {
        await using var registry = await TestRegistry.StartAsync(
            new RegistryServerOptions { Logins = RegistryLogins.Parse("alice:wonder\n") }
        );
        var digest = await PublishedBases.PutAsync(
            registry.Store,
            "tool",
            "1",
            "2026-01-01T00:00:00Z",
            null,
            Cancelled
        );
        using var repository = await TestRepository.CreateAsync();
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:wonder"));
        repository
            .Write("Dockerfile", $"FROM {registry.Host}/tool:1\n")
            .Write("lading.json", """{ "project": "p", "images": { "web": { "context": "." } } }""")
            .Write("docker/config.json", $$"""{ "auths": { "{{registry.Host}}": { "auth": "{{login}}" } } }""")
            .Write("none/config.json", "{}");

        var refused = (await UpdateAsync("none")).Failed(FailureKind.Failed);
        (await UpdateAsync("docker")).Succeeded();

        Assert.Contains($"docker login {registry.Host}", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wonder", refused.Error, StringComparison.Ordinal);
        Assert.Contains(digest.ToString(), repository.Read("lading.bases.json"), StringComparison.Ordinal);

        Task<ToolRun> UpdateAsync(string folder) =>
            ToolRun.InAsync(
                repository.Folder,
                new Dictionary<string, string> { ["DOCKER_CONFIG"] = Path.Combine(repository.Folder, folder) },
                ["bases", "update"]
            );
    }

    private static BaseDependency Use(string reference) => new(reference, ["web"], [Platform.LinuxAmd64], null);
}
