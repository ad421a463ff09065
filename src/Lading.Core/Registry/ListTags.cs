using System.Net;
using System.Text.Json;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>A page of the tags of a repository (distribution-spec 1.1, end-8b). Tags that are invalid by the specification are left out.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Page">The address of the page; null for the first.</param>
internal sealed record ListTags(RepositoryName Repository, Uri? Page) : IRegistryRequest<ListedPage<Tag>?>
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    public string Attempted => $"Could not list the tags of {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: false);

    public HttpRequestMessage CreateMessage(Uri root) =>
        new(HttpMethod.Get, Page ?? new Uri(root, $"v2/{Repository}/tags/list?n=1000"));

    public bool IsAnswer(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.NotFound;

    public async Task<ListedPage<Tag>?> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return new ListedPage<Tag>([], null);
        }

        var bytes = await answer.ReadBodyAsync(LargestAnswer, cancellationToken).ConfigureAwait(false);
        return new ListedPage<Tag>(Parse(bytes), NextPage.Of(answer));
    }

    private static List<Tag> Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var tags = new List<Tag>();
            // Some registries return null for a repository without tags.
            if (document.RootElement.TryGetProperty("tags", out var names) && names.ValueKind == JsonValueKind.Array)
            {
                foreach (var name in names.EnumerateArray())
                {
                    if (name.ValueKind == JsonValueKind.String && Tag.TryParse(name.GetString(), out var tag))
                    {
                        tags.Add(tag);
                    }
                }
            }

            return tags;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"the answer is not a list of tags: {JsonFault.Of(e)}", e);
        }
    }
}

/// <summary>A page of a listing.</summary>
/// <param name="Items">The items on the page.</param>
/// <param name="Next">The address of the next page; null for the last.</param>
internal sealed record ListedPage<T>(IReadOnlyList<T> Items, Uri? Next);
