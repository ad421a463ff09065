using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;

namespace Lading.Aws.Credentials;

/// <summary>
/// Keys in the format of container and instance metadata and of <c>credential_process</c>: <c>AccessKeyId</c>,
/// <c>SecretAccessKey</c>, <c>Token</c> (or <c>SessionToken</c>) and <c>Expiration</c>.
/// </summary>
internal static class KeyDocument
{
    /// <summary>Reads the keys in a document.</summary>
    /// <param name="json">The document.</param>
    /// <param name="origin">The source, for errors: <c>the metadata service of this machine</c>.</param>
    /// <param name="version">The required <c>Version</c>; null if such documents have none.</param>
    /// <exception cref="IOException">It has no keys. Nothing of the document is quoted: it may still contain a
    /// secret.</exception>
    public static RefreshingAWSCredentials.CredentialsRefreshState Read(
        ReadOnlyMemory<byte> json,
        string origin,
        int? version = null
    )
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (
                version is { } expected
                && !(
                    root.TryGetProperty("Version", out var found)
                    && found.ValueKind == JsonValueKind.Number
                    && found.TryGetInt32(out var number)
                    && number == expected
                )
            )
            {
                throw new IOException($"{origin} answered without \"Version\": {expected}");
            }

            if (Text(root, "AccessKeyId") is { } id && Text(root, "SecretAccessKey") is { } secret)
            {
                var token = Text(root, "Token") ?? Text(root, "SessionToken");
                return new RefreshingAWSCredentials.CredentialsRefreshState(
                    new ImmutableCredentials(id, secret, token),
                    ExpirationOf(root)
                );
            }

            throw new IOException(
                Text(root, "Message") is { } message
                    ? $"{origin} answered without keys: {message}"
                    : $"{origin} answered without AccessKeyId and SecretAccessKey"
            );
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new IOException($"{origin} answered with something that is not JSON of keys", e);
        }
    }

    /// <summary>Keys without an expiration never expire: they are requested once.</summary>
    private static DateTime ExpirationOf(JsonElement root) =>
        Text(root, "Expiration") is { } end
            ? DateTimeOffset.Parse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime
            : DateTime.MaxValue;

    /// <summary>A non-empty string.</summary>
    private static string? Text(JsonElement root, string name) =>
        root.FindText(name) is { Length: > 0 } text ? text : null;
}
