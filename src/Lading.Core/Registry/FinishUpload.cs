using System.Globalization;
using System.Net;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>PUT of a whole blob to an upload's location (distribution-spec 1.1, end-6): one request, which every registry supports.</summary>
/// <param name="Repository">The repository of the blob.</param>
/// <param name="Blob">The blob.</param>
/// <param name="Location">The upload's location.</param>
/// <param name="Progress">Receives the number of bytes as they move.</param>
internal sealed record FinishUpload(
    RepositoryName Repository,
    ReadableBlob Blob,
    Uri Location,
    IProgress<long>? Progress
) : IRegistryRequest<bool>
{
    /// <summary>The first byte to send: more than 0 to continue an interrupted upload.</summary>
    public long Offset { get; init; }

    /// <summary>
    /// True after an interrupted attempt: the registry is then asked to accept the request before its body is sent (RFC 9110, section
    /// 10.1.1), so that a refusal is received instead of a broken connection.
    /// </summary>
    public bool IsCautious { get; init; }

    public string Attempted => $"Could not upload blob {Blob.Descriptor.Digest} to {Repository}";

    public ScopeSet Scope => new RegistryScope(Repository, Push: true);

    public bool MovesBlob => true;

    /// <summary>A session that received part of a body cannot receive it again from the start.</summary>
    public bool IsRepeatable => false;

    public HttpRequestMessage CreateMessage(Uri root)
    {
        var target = Location.GetLeftPart(UriPartial.Query);
        var separator = Location.Query.Length > 0 ? "&" : "?";
        var digest = Uri.EscapeDataString(Blob.Descriptor.Digest.ToString());
        var message = new HttpRequestMessage(HttpMethod.Put, new Uri($"{target}{separator}digest={digest}"))
        {
            Content = new BlobContent(Blob, Offset, Progress),
        };
        if (Offset > 0)
        {
            // This protocol's form has no unit (distribution-spec 1.1, "Pushing a blob in chunks").
            message.Content.Headers.TryAddWithoutValidation(
                "Content-Range",
                string.Create(CultureInfo.InvariantCulture, $"{Offset}-{Blob.Descriptor.Size - 1}")
            );
        }

        message.Headers.ExpectContinue = IsCautious ? true : null;
        return message;
    }

    public bool IsAnswer(HttpStatusCode status) =>
        status is HttpStatusCode.Created or HttpStatusCode.NoContent or HttpStatusCode.OK;

    public Task<bool> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken) =>
        ContentDigest.Of(answer) is { } stored
        && stored.Algorithm == Blob.Descriptor.Digest.Algorithm
        && stored != Blob.Descriptor.Digest
            ? throw new LadingException(
                Attempted,
                $"the registry says that it stored {stored}",
                "Something in between changes what is sent, such as a proxy."
            )
            : Task.FromResult(true);
}
