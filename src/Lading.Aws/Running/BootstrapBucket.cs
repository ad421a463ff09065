using System.Text;
using Lading.Aws.S3;
using Lading.Rollbacks;

namespace Lading.Aws.Running;

/// <summary>
/// The bucket of a bootstrap, which templates are written to; templates are also read from other buckets.
/// </summary>
/// <param name="sessions">The caller's permissions, and the bootstrap's roles.</param>
/// <param name="bootstrap">The bootstrap; null if it is unknown.</param>
internal sealed class BootstrapBucket(RoleSessions sessions, Bootstrap? bootstrap) : ITemplateStore
{
    // Each object may have 1 MB, and the user is waiting.
    private const int MaximumCandidates = 200;

    public async Task<StoredTemplate> ReadAsync(BucketAddress address, CancellationToken cancellationToken)
    {
        var owner = address.Bucket == bootstrap?.Bucket ? bootstrap.Account : null;
        try
        {
            var text = await ReadAsync(new GetObject(address.Bucket, address.Key, owner), cancellationToken)
                .ConfigureAwait(false);
            return new StoredTemplate(text, null);
        }
        catch (AwsException)
        {
            return new StoredTemplate(null, null);
        }
        catch (LadingException e)
        {
            return new StoredTemplate(null, e.CameBack);
        }
    }

    public async Task<string?> FindOriginalAsync(string read, CancellationToken cancellationToken)
    {
        if (bootstrap is null)
        {
            return null;
        }

        // Each question mark may stand for a lost character, which had up to four bytes.
        var least = Encoding.UTF8.GetByteCount(read);
        var most = least + (3 * read.Count(each => each == '?'));
        try
        {
            foreach (var key in await FindCandidatesAsync(least, most, cancellationToken).ConfigureAwait(false))
            {
                var stored = await ReadAsync(new BucketAddress(bootstrap.Bucket, key), cancellationToken)
                    .ConfigureAwait(false);
                if (stored.Text is { } text && UnreadableCharacters.IsOriginal(text, read))
                {
                    return text;
                }
            }
        }
        catch (Exception e) when (e is AwsException or LadingException)
        {
            // The caller reports where the original was looked for.
        }

        return null;
    }

    public Task WriteAsync(TemplateUpload upload, CancellationToken cancellationToken) =>
        sessions.RunAsync(
            bootstrap!.FilePublishingRole,
            session =>
                session.WriteAsync(
                    new PutObject(bootstrap.Bucket, upload.Key, bootstrap.Account, upload.Text),
                    cancellationToken
                )
        );

    private async Task<IReadOnlyList<string>> FindCandidatesAsync(
        long least,
        long most,
        CancellationToken cancellationToken
    )
    {
        var found = new List<string>();
        string? next = null;
        do
        {
            var page = await ReadAsync(new ListObjects(bootstrap!.Bucket, bootstrap.Account, next), cancellationToken)
                .ConfigureAwait(false);
            found.AddRange(
                page.Items.Where(each =>
                        each.Size >= least && each.Size <= most && each.Key.EndsWith(".json", StringComparison.Ordinal)
                    )
                    .Select(each => each.Key)
            );
            next = page.Next;
        } while (next is not null && found.Count < MaximumCandidates);
        return [.. found.Take(MaximumCandidates)];
    }

    private Task<T> ReadAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken) =>
        sessions.RunAsync(bootstrap?.FilePublishingRole, session => session.ReadAsync(operation, cancellationToken));
}
