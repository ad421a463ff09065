using System.Globalization;
using System.Net;
using Lading.Http;
using Lading.Oci;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>
/// GET of an interrupted upload (distribution-spec 1.1, end-13): its offset; null if the registry does not return it, like ECR, which
/// cannot continue uploads.
/// </summary>
internal sealed record FindUpload(RepositoryName Repository, Digest Digest, Uri Location)
    : IRegistryRequest<UploadPosition?>
{
    /// <summary>
    /// Sending fewer bytes again takes no longer than the request; moreover, 0 and 1 byte are both reported as
    /// <c>0-0</c>.
    /// </summary>
    public const long FewestWorthKeeping = 1024 * 1024;

    public string Attempted => $"Could not ask how far the upload of blob {Digest} to {Repository} got";

    public ScopeSet Scope => new RegistryScope(Repository, Push: true);

    public HttpRequestMessage CreateMessage(Uri root) => new(HttpMethod.Get, Location);

    public bool IsAnswer(HttpStatusCode status) => (int)status is >= 200 and < 500 && !RetrySchedule.IsPassing(status);

    public Task<UploadPosition?> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken) =>
        Task.FromResult(
            answer.Status == HttpStatusCode.NoContent && EndOf(answer.Values("Range").FirstOrDefault()) is { } end
                ? new UploadPosition(
                    answer.Headers.Location is { } next ? new Uri(answer.Address, next) : Location,
                    end + 1
                )
                : null
        );

    /// <summary><c>0-1023</c>, as this protocol writes it, or <c>bytes=0-1023</c>: the last byte that arrived.</summary>
    private static long? EndOf(string? range)
    {
        var text = range ?? "";
        text = text.StartsWith("bytes=", StringComparison.Ordinal) ? text["bytes=".Length..] : text;
        return
            text.StartsWith("0-", StringComparison.Ordinal)
            && long.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && end < long.MaxValue
            ? end
            : null;
    }
}

/// <summary>The state of an upload.</summary>
/// <param name="Location">The location for its next bytes.</param>
/// <param name="Offset">The first byte that the registry does not have.</param>
internal sealed record UploadPosition(Uri Location, long Offset);
