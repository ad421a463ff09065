namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/_catalog</c>: the names of all repositories. Not of the specification, but of every registry of one's own.</summary>
internal sealed class ListRepositories : IEndpoint
{
    public Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var page = NamePage.Of(exchange, exchange.Registry.Store.List().Select(name => name.Value));
        page.Link(exchange);
        return exchange.WriteJsonAsync(
            200,
            "application/json",
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("repositories");
                foreach (var name in page.Names)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            cancellationToken
        );
    }
}
