using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary><c>GET /v2/&lt;name&gt;/tags/list</c>.</summary>
internal sealed class ListTagsEndpoint(RepositoryName repository) : IEndpoint
{
    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var tags = await context.Open(repository).ListTagsAsync(cancellationToken).ConfigureAwait(false);
        var page = NamePage.Of(context, tags.Select(tag => tag.Name));
        page.Link(context);
        await context
            .WriteJsonAsync(
                200,
                "application/json",
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("name", repository.Value);
                    json.WriteStartArray("tags");
                    foreach (var name in page.Names)
                    {
                        json.WriteStringValue(name);
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
