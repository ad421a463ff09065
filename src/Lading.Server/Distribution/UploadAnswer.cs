using Lading.Oci;
using Lading.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary>What the endpoints of an upload have in common: how it is found, how its state is told, how it ends.</summary>
internal static class UploadAnswer
{
    /// <summary>The upload of a request, with the turn to change it.</summary>
    /// <exception cref="DistributionException">There is none.</exception>
    public static async Task<(Upload Upload, IDisposable Turn)> TakeAsync(
        Exchange exchange,
        RepositoryName repository,
        string id,
        CancellationToken cancellationToken
    )
    {
        var upload = exchange.Registry.Uploads.Find(repository, id) ?? throw DistributionException.UploadUnknown(id);
        var turn = await upload.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        if (!upload.IsOver)
        {
            return (upload, turn);
        }

        turn.Dispose();
        throw DistributionException.UploadUnknown(id);
    }

    /// <summary>Says where the upload goes on, and how far it has come.</summary>
    public static void Describe(Exchange exchange, Upload upload, int status)
    {
        var headers = exchange.Response.Headers;
        headers.Location = $"/v2/{upload.Repository}/blobs/uploads/{upload.Id}";
        // Nothing yet is written 0-0, as clients since Docker's first one expect.
        headers.Range = $"0-{Math.Max(0, upload.Length - 1)}";
        headers["Docker-Upload-UUID"] = upload.Id;
        exchange.Response.StatusCode = status;
        exchange.Response.ContentLength = status == StatusCodes.Status204NoContent ? null : 0;
    }

    /// <summary>Adds a request's body to the upload.</summary>
    /// <exception cref="DistributionException">It is not the part that comes next (416), or not as long as it says.</exception>
    public static async Task AppendAsync(Exchange exchange, Upload upload, CancellationToken cancellationToken)
    {
        var request = exchange.Request;
        long? announced = null;
        if (request.Headers.ContentRange is [{ Length: > 0 } text, ..])
        {
            var part =
                ContentRange.Find(text)
                ?? throw new DistributionException(400, "BLOB_UPLOAD_INVALID", "Content-Range is not first-last", text);
            if (part.First != upload.Length)
            {
                Describe(exchange, upload, 416);
                throw new DistributionException(
                    416,
                    "BLOB_UPLOAD_INVALID",
                    $"the next byte of the upload is {upload.Length}",
                    text
                );
            }

            announced = part.Length;
            if (request.ContentLength is { } length && length != announced)
            {
                throw NotAsLong(text);
            }
        }

        using var body = exchange.Body(cancellationToken);
        if (!await upload.AppendAsync(body, announced, cancellationToken).ConfigureAwait(false))
        {
            throw NotAsLong(announced?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Ends the upload: the blob is in the repository, or nothing is.</summary>
    /// <exception cref="DistributionException">The bytes have another digest.</exception>
    public static async Task FinishAsync(
        Exchange exchange,
        Upload upload,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var target = exchange.Open(upload.Repository).Blobs;
            var actual = await upload.FinishAsync(digest, target, cancellationToken).ConfigureAwait(false);
            if (actual is { } other)
            {
                throw DistributionException.DigestInvalid("the bytes have another digest", other.ToString());
            }
        }
        finally
        {
            exchange.Registry.Uploads.End(upload);
        }

        Created(exchange, upload.Repository, digest);
    }

    /// <summary>Says that the blob is in the repository.</summary>
    public static void Created(Exchange exchange, RepositoryName repository, Digest digest)
    {
        var headers = exchange.Response.Headers;
        headers.Location = $"/v2/{repository}/blobs/{digest}";
        headers["Docker-Content-Digest"] = digest.ToString();
        exchange.Response.StatusCode = StatusCodes.Status201Created;
        exchange.Response.ContentLength = 0;
    }

    private static DistributionException NotAsLong(string? detail) =>
        new(400, "SIZE_INVALID", "the part is not as long as its Content-Range", detail);
}
