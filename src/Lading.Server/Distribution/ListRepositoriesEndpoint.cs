namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/_catalog</c>: the names of all repositories. It is not in the specification, but in most registries.</summary>
internal sealed class ListRepositoriesEndpoint : IEndpoint
{
    public Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var page = NamePage.Of(context, context.Registry.Store.List(cancellationToken).Select(name => name.Value));
        page.Link(context);
        return context.WriteJsonAsync(
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
