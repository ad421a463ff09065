using System.Net;
using System.Text.Json;
using Lading.Oci;

namespace Lading.Registry;

/// <summary>A page of the tags of a repository (distribution-spec 1.1, end-8b). Tags that are none by the specification are left out.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Page">The address of the page; null for the first.</param>
internal sealed record ListTags(RepositoryName Repository, Uri? Page) : IRegistryRequest<ListedPage<Tag>>
{
    public string Attempted => $"Could not list the tags of {Repository}";

    public RegistryScope Scope => new(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Get, Page ?? new Uri(root, $"v2/{Repository}/tags/list?n=1000"));

    public bool IsAnswer(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.NotFound;

    public async Task<ListedPage<Tag>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return new ListedPage<Tag>([], null);
        }

        using var document = await JsonDocument
            .ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false),
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        var tags = new List<Tag>();
        if (document.RootElement.TryGetProperty("tags", out var names) && names.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in names.EnumerateArray())
            {
                if (Tag.TryParse(name.GetString(), out var tag))
                {
                    tags.Add(tag);
                }
            }
        }

        return new ListedPage<Tag>(tags, NextPage.Of(response));
    }
}
