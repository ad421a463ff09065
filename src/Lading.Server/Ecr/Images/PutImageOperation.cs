using System.Text;
using System.Text.Json;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>ecr:PutImage: a manifest, once everything it refers to is here, and its tag.</summary>
internal sealed class PutImageOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var manifest = Read(call.Input);
        var tag = ReadTag(call.Input);
        await RequireNewAsync(repository, manifest, tag, cancellationToken).ConfigureAwait(false);
        try
        {
            await repository.Layout.PutManifestAsync(manifest, tag, cancellationToken).ConfigureAwait(false);
        }
        catch (TagIsTakenException)
        {
            throw new EcrException(
                "ImageTagAlreadyExistsException",
                $"The image tag '{tag}' already exists in the '{repository.Name}' repository and cannot be overwritten because the tag is immutable."
            );
        }
        catch (WrongSizeException wrong)
        {
            throw EcrException.Invalid($"Invalid image manifest: {wrong.Message}");
        }
        catch (BlobIsMissingException missing)
        {
            throw Incomplete(repository, manifest, missing.Missing);
        }

        await call.Registry.RestoreAsync(repository.Name, manifest.Digest, cancellationToken).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject("image");
            ImageJson.WriteMembers(json, call, repository, ImageId.Of(manifest.Digest, tag), manifest);
            json.WriteEndObject();
        };
    }

    private static ManifestContent Read(EcrRequestBody input)
    {
        var bytes = Encoding.UTF8.GetBytes(input.Text("imageManifest", 1));
        if (bytes.Length > ManifestContent.MaximumSize)
        {
            throw EcrException.Invalid("imageManifest", $"must have at most {ManifestContent.MaximumSize} bytes");
        }

        var stated = input.FindText("imageManifestMediaType");
        var expected = input.FindText("imageDigest");
        Digest digest = default;
        if (expected is not null && !Digest.TryParse(expected, out digest))
        {
            throw EcrException.Invalid(
                "imageDigest",
                "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
            );
        }

        ManifestContent manifest;
        try
        {
            manifest = ManifestContent.Parse(bytes, stated, digest.Algorithm);
        }
        catch (FormatException e)
        {
            throw EcrException.Invalid($"Invalid image manifest: {e.Message}");
        }

        if (stated is null && manifest.Document.MediaType is null)
        {
            throw EcrException.Invalid(
                "imageManifestMediaType",
                "must be given if the image manifest has no media type"
            );
        }

        return expected is null || digest == manifest.Digest
            ? manifest
            : throw new EcrException(
                "ImageDigestDoesNotMatchException",
                $"The calculated digest '{manifest.Digest}' does not match the digest of the request '{digest}'"
            );
    }

    private static Tag? ReadTag(EcrRequestBody input) =>
        input.FindText("imageTag", 1, 300) switch
        {
            null => null,
            var text when Tag.TryParse(text, out var tag) => tag,
            _ => throw EcrException.Invalid(
                "imageTag",
                "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'"
            ),
        };

    private static async Task RequireNewAsync(
        ServedRepository repository,
        ManifestContent manifest,
        Tag? tag,
        CancellationToken cancellationToken
    )
    {
        var index = await repository.Layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        var exists = tag is { } name
            ? index.Find(name)?.Digest == manifest.Digest
            : index.Find(manifest.Digest) is not null;
        if (exists && !StorageClass.Of(repository.Record, manifest.Digest).IsArchived)
        {
            throw new EcrException(
                "ImageAlreadyExistsException",
                $"Image with digest '{manifest.Digest}'{(tag is null ? "" : $" and tag '{tag}'")} already exists in the repository with name '{repository.Name}' in registry with id '{repository.Account}'"
            );
        }
    }

    private static EcrException Incomplete(ServedRepository repository, ManifestContent manifest, Digest missing)
    {
        var where =
            $"required for pushing image into repository with name '{repository.Name}' in the registry with id '{repository.Account}' do not exist";
        return manifest.Children.Any(child => child.Digest == missing)
            ? new EcrException("ReferencedImagesNotFoundException", $"Images with digests '[{missing}]' {where}")
            : new EcrException("LayersNotFoundException", $"Layers with digests '[{missing}]' {where}");
    }
}
