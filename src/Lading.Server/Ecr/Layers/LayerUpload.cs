using Lading.Oci;
using Lading.Server.Uploads;

namespace Lading.Server.Ecr.Layers;

/// <summary>What the operations on a layer's upload share.</summary>
internal static class LayerUpload
{
    /// <summary>The size of a part in bytes; only the last may be smaller than half of it.</summary>
    public const int PartSize = 10 * 1024 * 1024;

    public const int SmallestPart = PartSize / 2;

    /// <summary>The requested upload, with exclusive access.</summary>
    /// <exception cref="EcrException">It does not exist.</exception>
    public static async Task<(Upload Upload, IDisposable Turn)> TakeAsync(
        EcrCall call,
        RepositoryName repository,
        CancellationToken cancellationToken
    )
    {
        var id = call.Input.Text("uploadId");
        if (call.Registry.Uploads.Find(repository, id) is { } upload)
        {
            var turn = await upload.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
            if (!upload.IsOver)
            {
                return (upload, turn);
            }

            turn.Dispose();
        }

        throw new EcrException(
            "UploadNotFoundException",
            $"The upload with id '{id}' could not be found for the repository with name '{repository}' in the registry with id '{call.Account}'"
        );
    }

    /// <exception cref="EcrException">It is not a digest.</exception>
    public static Digest DigestOf(string text, string parameter) =>
        Digest.TryParse(text, out var digest)
            ? digest
            : throw EcrException.Invalid(parameter, "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
}
