using System.Net;
using System.Net.Sockets;
using Lading.Locks;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

public sealed class PlanningForRegistries : IAsyncLifetime
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private SmallProject? project;

    private SmallProject Project => project!;

    public async ValueTask InitializeAsync()
    {
        listener.Start();
        project = await SmallProject.CreateAsync(host: listener.LocalEndpoint.ToString());
    }

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        listener.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task As_JSON_it_has_exactly_the_documented_shape()
    {
        var before = (await Project.LadingAsync("plan", "--output", "json")).Succeeded();
        await Project.PublishAsync();
        var after = (await Project.LadingAsync("plan", "--output", "json")).Succeeded();
        var stage = (await Project.LadingAsync("plan", "--output", "json", "--env", "stage")).Succeeded();

        Assert.Equal((Expected("build", false), ""), (before.Out, before.Error));
        Assert.Equal((Expected("reuse", true), ""), (after.Out, after.Error));
        Assert.Equal((Expected("copy", true), ""), (stage.Out, stage.Error));
    }

    [Fact]
    public async Task It_does_nothing()
    {
        (await Project.LadingAsync("plan")).Succeeded();

        Assert.All(
            FolderSnapshot.Of(Path.Combine(Project.Repository.Folder, ".lading")),
            file => Assert.StartsWith(".gitignore ", file)
        );
        Assert.Equal(0, Project.Runs);
    }

    [Fact]
    public async Task For_people_it_says_what_publish_would_do()
    {
        await Project.PublishAsync();
        Project.Repository.Write("src/web/index.html", "<h1>Sale</h1>\n");
        await Project.Repository.CommitAsync("Sale");

        var run = (await Project.LadingAsync("plan")).Succeeded();

        Assert.Matches(
            """
            ^  site  src-[0-9a-f]{8}…  in the registry  sha256:[0-9a-f]{12}…  1 input
              web   src-[0-9a-f]{8}…  build            2 inputs

              2 images · 1 reused · 1 to build
            $
            """,
            run.Out
        );
    }

    [Fact]
    public async Task Uncommitted_inputs_cause_a_warning_and_are_planned_with_dirty()
    {
        await Project.PublishAsync();
        Project.Repository.Write("src/web/index.html", "<h1>Not yet</h1>\n");

        var head = (await Project.LadingAsync("plan")).Succeeded();
        var dirty = (await Project.LadingAsync("plan", "--dirty")).Succeeded();

        Assert.Contains("2 reused", head.Out);
        Assert.Contains("uncommitted inputs of web are not in this plan", head.Error);
        Assert.Contains("1 to build", dirty.Out);
        Assert.Equal("", dirty.Error);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("shared")]
    [InlineData("cloud")]
    public async Task Offline_it_asks_no_registry_and_still_knows_every_identity(string environment)
    {
        var local = (await Project.LadingAsync("plan", "--output", "json")).Succeeded();

        var run = (await Project.LadingAsync("plan", "--offline", "--env", environment, "-o", "json")).Succeeded();

        Assert.Equal(local.Out, run.Out);
        Assert.False(listener.Pending(), "Somebody came to the registry.");
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_offline_the_registry_is_asked()
    {
        var planning = Project.LadingAsync("plan", "--env", "shared");
        using var asked = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var words = new byte[256];
        var length = await asked.GetStream().ReadAsync(words, TestContext.Current.CancellationToken);
        await asked
            .GetStream()
            .WriteAsync(
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                TestContext.Current.CancellationToken
            );
        asked.Close();
        listener.Stop();

        Assert.StartsWith("HEAD /v2/shop/", System.Text.Encoding.ASCII.GetString(words, 0, length));
        (await planning).Failed(FailureKind.Failed);
    }

    private string Expected(string action, bool hasDigest)
    {
        var images = LockFile
            .Read(Project.LockPath())
            .Images.Select(pair =>
                $$"""
                        {
                          "name": "{{pair.Key}}",
                          "repository": "{{pair.Value.Repository}}",
                          "fingerprint": "{{pair.Value.Fingerprint}}",
                          "fingerprintVersion": {{pair.Value.FingerprintVersion}},
                          "tag": "src-{{pair.Value.Fingerprint[..40]}}",
                          "action": "{{action}}",
                          "digest": {{(hasDigest ? $"\"{pair.Value.Digest}\"" : "null")}},
                          "inputs": {{(pair.Key == "web" ? 2 : 1)}},
                          "floatingBases": [],
                          "platforms": [
                            "linux/amd64"
                          ]
                        }
                    """
            );
        return $$"""
            {
              "images": [
            {{string.Join(",\n", images)}}
              ],
              "notes": []
            }

            """;
    }
}
