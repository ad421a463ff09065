using Lading.Oci;
using Lading.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Distribution;

/// <summary>What the upload endpoints share: finding an upload, returning its state, and completing it.</summary>
internal static class UploadAnswer
{
    /// <summary>The upload of a request, with exclusive access.</summary>
    /// <exception cref="DistributionException">It does not exist.</exception>
    public static async Task<(Upload Upload, IDisposable Turn)> TakeAsync(
        RegistryContext context,
        RepositoryName repository,
        string id,
        CancellationToken cancellationToken
    )
    {
        var upload = context.Registry.Uploads.Find(repository, id) ?? throw DistributionException.UploadUnknown(id);
        var turn = await upload.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        if (!upload.IsOver)
        {
            return (upload, turn);
        }

        turn.Dispose();
        throw DistributionException.UploadUnknown(id);
    }

    /// <summary>Returns the location and offset of the upload.</summary>
    public static void Describe(RegistryContext context, Upload upload, int status)
    {
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{upload.Repository}/blobs/uploads/{upload.Id}";
        // An empty upload is written as 0-0, as clients since Docker's first one expect.
        headers.Range = $"0-{Math.Max(0, upload.Length - 1)}";
        headers["Docker-Upload-UUID"] = upload.Id;
        context.Response.StatusCode = status;
        context.Response.ContentLength = status == StatusCodes.Status204NoContent ? null : 0;
    }

    /// <summary>Adds a request's body to the upload.</summary>
    /// <exception cref="DistributionException">It is not the next part (416), or does not have the announced length.</exception>
    public static async Task AppendAsync(RegistryContext context, Upload upload, CancellationToken cancellationToken)
    {
        var request = context.Request;
        long? announced = null;
        if (request.Headers.ContentRange is [{ Length: > 0 } text, ..])
        {
            var part =
                ContentRange.Find(text)
                ?? throw new DistributionException(400, "BLOB_UPLOAD_INVALID", "Content-Range is not first-last", text);
            if (part.First != upload.Length)
            {
                Describe(context, upload, 416);
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

        using var body = context.Body();
        if (!await upload.AppendAsync(body, announced, cancellationToken).ConfigureAwait(false))
        {
            throw NotAsLong(announced?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Completes the upload: the blob is in the repository, or nothing is.</summary>
    /// <exception cref="DistributionException">The bytes have another digest.</exception>
    public static async Task FinishAsync(
        RegistryContext context,
        Upload upload,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var actual = await upload
                .FinishAsync(digest, context.Registry.Store, context.Open(upload.Repository), cancellationToken)
                .ConfigureAwait(false);
            if (actual is { } other)
            {
                throw DistributionException.DigestInvalid("the bytes have another digest", other.ToString());
            }
        }
        finally
        {
            context.Registry.Uploads.End(upload);
        }

        Created(context, upload.Repository, digest);
    }

    /// <summary>Responds that the blob is in the repository.</summary>
    public static void Created(RegistryContext context, RepositoryName repository, Digest digest)
    {
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{repository}/blobs/{digest}";
        headers["Docker-Content-Digest"] = digest.ToString();
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentLength = 0;
    }

    private static DistributionException NotAsLong(string? detail) =>
        new(400, "SIZE_INVALID", "the part is not as long as its Content-Range", detail);
}
