using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>An error that a registry returned (distribution-spec 1.1, "Error Codes").</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Such as <c>NAME_UNKNOWN</c>; empty if the body is not an error document.</param>
/// <param name="Text">The message, or the start of the body.</param>
internal sealed partial record RegistryError(HttpStatusCode Status, string Code, string Text)
{
    private const int LargestAnswer = 1024 * 1024;
    private const int MaximumText = 400;

    /// <summary>The digests that it reports as missing.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>The text for an error message: <c>the registry answered 404 BLOB_UNKNOWN: blob unknown to registry</c>.</summary>
    public string Description
    {
        get
        {
            var name = Code.Length > 0 ? Code : Status.ToString();
            var answer = $"the registry answered {(int)Status} {name}";
            return Text.Length > 0 ? $"{answer}: {Text}" : answer;
        }
    }

    /// <summary>ECR reports an expired login as a denial of access.</summary>
    public bool IsLoginOver =>
        Status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest
        && Text.Contains("authorization token has expired", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a tag exists already and is immutable. ECR answers TAG_INVALID, which others use for malformed tags; ours are
    /// well-formed.
    /// </summary>
    public bool SaysTaken =>
        Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
        || Code is "TAG_INVALID" or "TAG_IMMUTABLE"
        || Text.Contains("immutable", StringComparison.OrdinalIgnoreCase);

    /// <summary>The blob or child of a manifest that the repository lacks, according to the error; null if it reports none.</summary>
    public Digest? MissingOf(ManifestContent manifest)
    {
        var referenced = manifest.Blobs.Concat(manifest.Children).Select(item => item.Digest).ToHashSet();
        Digest[] missing = [.. Digests.Where(referenced.Contains)];
        return missing.Length > 0 ? missing[0] : null;
    }

    public static async Task<RegistryError> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            var body = await answer.ReadBodyAsync(LargestAnswer, cancellationToken).ConfigureAwait(false);
            return Parse(answer.Status, Encoding.UTF8.GetString(body));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AnswerTooLargeException)
        {
            return new RegistryError(answer.Status, "", "");
        }
    }

    public static RegistryError Parse(HttpStatusCode status, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors", out var errors)
                && errors.ValueKind == JsonValueKind.Array
                && errors.GetArrayLength() > 0
            )
            {
                var all = errors.EnumerateArray().ToList();
                return new RegistryError(status, all[0].FindText("code") ?? "", Shown(all[0].FindText("message") ?? ""))
                {
                    Digests = [.. all.SelectMany(DigestsOf)],
                };
            }
        }
        catch (JsonException)
        {
            // Not every error response is an error document.
        }

        return new RegistryError(status, "", Shown(body));
    }

    /// <summary>The text for a terminal: one line, without control characters, shortened.</summary>
    private static string Shown(string text)
    {
        var line = string.Join(
            ' ',
            string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length > MaximumText ? line[..MaximumText] + "…" : line;
    }

    private static IEnumerable<Digest> DigestsOf(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        error.TryGetProperty("detail", out var detail);
        var text = detail.ValueKind == JsonValueKind.String ? detail.GetString() : detail.FindText("digest");
        return DigestsIn($"{text} {error.FindText("message")}");
    }

    private static IEnumerable<Digest> DigestsIn(string text)
    {
        foreach (Match match in DigestPattern().Matches(text))
        {
            if (Digest.TryParse(match.Value, out var digest))
            {
                yield return digest;
            }
        }
    }

    [GeneratedRegex("sha(256|512):[0-9a-f]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DigestPattern();
}
