using Lading.Oci;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary>A refused request, with an error of the protocol (distribution-spec 1.1, "Error Codes").</summary>
internal sealed class DistributionException(int status, string code, string message, string? detail = null)
    : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static DistributionException NameUnknown(RepositoryName name) =>
        new(404, "NAME_UNKNOWN", "the registry has no such repository", name.Value);

    public static DistributionException ManifestUnknown(string reference) =>
        new(404, "MANIFEST_UNKNOWN", "the repository has no such manifest", reference);

    public static DistributionException ManifestInvalid(string message) => new(400, "MANIFEST_INVALID", message);

    public static DistributionException BlobUnknown(Digest digest) =>
        new(404, "BLOB_UNKNOWN", "the repository has no such blob", digest.ToString());

    public static DistributionException UploadUnknown(string id) =>
        new(
            404,
            "BLOB_UPLOAD_UNKNOWN",
            "no such upload: it was finished or cancelled, or the server was restarted",
            id
        );

    public static DistributionException DigestInvalid(string message, string detail) =>
        new(400, "DIGEST_INVALID", message, detail);

    public static DistributionException Denied(string message) => new(403, "DENIED", message);

    public static DistributionException Unsupported(string message) => new(405, "UNSUPPORTED", message);

    public static DistributionException Internal(string message) => new(500, "UNKNOWN", message);

    /// <summary>Parses a digest in a request.</summary>
    /// <exception cref="DistributionException">It is not one.</exception>
    public static Digest DigestOf(string text) =>
        Digest.TryParse(text, out var digest)
            ? digest
            : throw DigestInvalid("expected sha256: and 64, or sha512: and 128 lower-case hex digits", text);

    public Task WriteAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        return context.WriteJsonAsync(
            Status,
            "application/json",
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteString("code", Code);
                json.WriteString("message", Message);
                if (detail is not null)
                {
                    json.WriteString("detail", detail);
                }

                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            },
            cancellationToken
        );
    }
}
