using Lading.Aws;
using Lading.Aws.Ecr;
using Lading.Http;
using Lading.Oci;
using Lading.Testing;
using Lading.Testing.Faults;

namespace Lading.Tests.Aws;

/// <summary>A repository whose source tags could move is never created silently.</summary>
public sealed class CreatingRepositoriesOfEcr : IAsyncLifetime
{
    private readonly HttpConnections http = HttpConnections.Create(ProxyResolver.None);
    private readonly List<string> bodies = [];
    private FaultServer server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await FaultServer.StartAsync();
        server.On(
            "POST",
            "/",
            async e =>
            {
                using var reader = new StreamReader(e.Request.Body);
                bodies.Add(await reader.ReadToEndAsync(Cancelled));
                await (
                    bodies[^1].Contains("imageTagMutabilityExclusionFilters", StringComparison.Ordinal)
                        ? e.AnswerAsync(400, """{"__type":"ValidationException","message":"not here"}""")
                        : e.AnswerAsync(200, "{}")
                );
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Creates_nothing_if_the_rule_for_source_tags_is_refused()
    {
        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            CreateAsync(RepositorySettings.MutableExcept("src-*", "git-*"))
        );

        Assert.Contains("400 ValidationException: not here", failure.CameBack, StringComparison.Ordinal);
        Assert.Contains("src-*, git-*", failure.CameBack, StringComparison.Ordinal);
        Assert.Single(bodies);
    }

    [Fact]
    public async Task No_tag_moves_if_the_rule_for_aliases_is_refused()
    {
        await CreateAsync(RepositorySettings.ImmutableExcept("main"));

        Assert.Equal(2, bodies.Count);
        Assert.Contains("\"imageTagMutability\":\"IMMUTABLE\"", bodies[1], StringComparison.Ordinal);
    }

    private async Task CreateAsync(RepositorySettings rules)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = $"http://{server.Host}",
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
        };
        var settings = new AwsSettings
        {
            Environment = "dev",
            Account = "111111111111",
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
        };
        var schedule = TestClient.AtOnce;
        using var session = new AwsSession(settings, http, schedule, []);
        using var ecr = new EcrRegistry(session, settings.Account);
        await ecr.CreateRepositoryAsync(RepositoryName.Parse("shop/web"), rules, Cancelled);
    }
}
