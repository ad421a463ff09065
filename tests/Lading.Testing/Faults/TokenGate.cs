using System.Text;
using Xunit;

namespace Lading.Testing.Faults;

/// <summary>Makes a server require a token of its own token service.</summary>
internal sealed class TokenGate
{
    private int issued;

    public TokenGate(FaultServer server)
    {
        Server = server;
        server.On("*", "/v2/", AdmitAsync);
        server.On("*", "/token", IssueAsync);
    }

    public FaultServer Server { get; }

    public string Host => Server.Host;

    /// <summary>How many tokens were issued.</summary>
    public int Issued => issued;

    /// <summary>Whether a token is accepted, by its number; by default, all are.</summary>
    public Func<int, bool> IsGood { get; set; } = _ => true;

    /// <summary>What the token service answers besides the token.</summary>
    public string Life { get; set; } = "\"expires_in\":300";

    /// <summary>The queries and bodies of requests for tokens.</summary>
    public List<string> Asked { get; } = [];

    private async Task AdmitAsync(FaultedRequest exchange)
    {
        var sent = exchange.Request.Headers.Authorization.ToString();
        if (sent.StartsWith("Bearer secret-token-", StringComparison.Ordinal) && IsGood(int.Parse(sent[20..], null)))
        {
            await exchange.PassAsync();
            return;
        }

        await RefuseAsync(exchange);
    }

    /// <summary>Answers that a token is needed, and where to get it.</summary>
    public Task RefuseAsync(FaultedRequest exchange) =>
        exchange.AnswerAsync(
            401,
            """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""",
            (
                "WWW-Authenticate",
                $"Bearer realm=\"http://{Host}/token\",service=\"here\",scope=\"repository:extra:pull\""
            )
        );

    private async Task IssueAsync(FaultedRequest exchange)
    {
        using var body = new StreamReader(exchange.Request.Body, Encoding.UTF8);
        var read = await body.ReadToEndAsync(TestContext.Current.CancellationToken);
        lock (Asked)
        {
            Asked.Add(Uri.UnescapeDataString($"{exchange.Request.QueryString}{read}"));
        }

        var number = Interlocked.Increment(ref issued);
        await exchange.AnswerAsync(200, $$"""{"token":"secret-token-{{number}}",{{Life}}}""");
    }
}
