namespace Lading.Rollbacks;

/// <summary>The templates that CloudFormation reads from a URL.</summary>
internal interface ITemplateStore
{
    /// <summary>Reads the object at a URL. A missing or unreadable object is part of the result.</summary>
    Task<StoredTemplate> ReadAsync(BucketAddress address, CancellationToken cancellationToken);

    /// <summary>Finds the original text in the bootstrap's bucket; null if there is none.</summary>
    /// <param name="read">The text that CloudFormation returns.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task<string?> FindOriginalAsync(string read, CancellationToken cancellationToken);

    /// <summary>Writes a template to the bootstrap's bucket, whose owner must be the stack's account.</summary>
    /// <exception cref="LadingException">It could not be written.</exception>
    Task WriteAsync(TemplateUpload upload, CancellationToken cancellationToken);
}

/// <summary>The object at a URL in a bucket.</summary>
/// <param name="Text">The template; null if there is none, or it could not be read.</param>
/// <param name="Unread">Why it could not be read, as part of a sentence; null if it could, or there is none.</param>
internal sealed record StoredTemplate(string? Text, string? Unread);

/// <summary>A template to be written to the bootstrap's bucket before CloudFormation reads it.</summary>
/// <param name="Key">Its key in the bucket.</param>
/// <param name="Text">The template.</param>
internal sealed record TemplateUpload(string Key, string Text);

/// <summary>The address of an object in a bucket.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, without a leading slash.</param>
internal sealed record BucketAddress(string Bucket, string Key)
{
    /// <summary>
    /// Parses a URL of S3 in either form, with the bucket in the path or in the host (Amazon S3 user guide, "Virtual hosting of general
    /// purpose buckets"). Null if it is neither.
    /// </summary>
    public static BucketAddress? TryParse(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.AbsolutePath.Length < 2)
        {
            return null;
        }

        var path = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var dot = uri.Host.IndexOf(".s3", StringComparison.Ordinal);
        return
            uri.Host.StartsWith("s3.", StringComparison.Ordinal) || uri.Host.StartsWith("s3-", StringComparison.Ordinal)
            ? slash > 0 && slash < path.Length - 1
                ? new BucketAddress(path[..slash], path[(slash + 1)..])
                : null
            : dot > 0
                ? new BucketAddress(uri.Host[..dot], path)
                : null;
    }
}
