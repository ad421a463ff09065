using System.Security.Cryptography;

namespace Lading.Git;

/// <summary>The large files of Git LFS in a clone (git-lfs specification, "Local storage").</summary>
/// <param name="folder">The folder of objects.</param>
internal sealed class LfsStore(string folder)
{
    /// <summary>Finds the store of a clone, wherever it is configured.</summary>
    /// <exception cref="LadingException">git failed.</exception>
    public static async Task<LfsStore> FindAsync(GitProgram git, CancellationToken cancellationToken)
    {
        const string Attempted = "Could not find the files of Git LFS";
        var common = await git.RunAsync(
                Attempted,
                ["rev-parse", "--path-format=absolute", "--git-common-dir"],
                cancellationToken
            )
            .ConfigureAwait(false);
        // An explicit default: git reports "not set" as a failure.
        var storage = await git.RunAsync(
                Attempted,
                ["config", "--type=path", "--default", "lfs", "--get", "lfs.storage"],
                cancellationToken
            )
            .ConfigureAwait(false);
        return new LfsStore(Path.Combine(common.Text, storage.Text, "objects"));
    }

    /// <summary>Replaces a pointer by its file.</summary>
    /// <param name="pointer">The committed pointer.</param>
    /// <param name="name">The file's path in the repository, for errors.</param>
    /// <param name="path">The existing file to overwrite; its mode stays.</param>
    /// <param name="cancellationToken">Cancels it; the file is then incomplete.</param>
    /// <exception cref="LadingException">The file is not in this clone, or is damaged there.</exception>
    public async Task WriteAsync(LfsPointer pointer, string name, string path, CancellationToken cancellationToken)
    {
        var attempted = $"Could not write {name}, which Git LFS keeps";
        var stored = Path.Combine(folder, pointer.Hash[..2], pointer.Hash[2..4], pointer.Hash);
        if (!File.Exists(stored))
        {
            throw new LadingException(
                attempted,
                $"its object {pointer.Hash} ({Amount.OfBytes(pointer.Size)}) is not in this clone",
                $"Fetch it: git lfs fetch --include \"{name}\"."
            );
        }

        var target = new FileStream(path, FileMode.Truncate, FileAccess.Write);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (target.ConfigureAwait(false))
        {
            var source = File.OpenRead(stored);
            await using (source.ConfigureAwait(false))
            {
                var buffer = new byte[128 * 1024];
                int read;
                while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }
        }

        if (!Convert.ToHexString(hash.GetHashAndReset()).Equals(pointer.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new LadingException(
                attempted,
                $"its object {pointer.Hash} is damaged in this clone",
                "Fetch it again: git lfs fsck, then git lfs fetch."
            );
        }
    }
}
