using System.Security.Cryptography;
using Lading.Git;

namespace Lading.Fingerprints.Remembered;

/// <summary>The user's own random key: what it signs was written by a program of this user, rather than by the author of a checkout.</summary>
internal static class UserKey
{
    public const string FileName = "identities.key";
    private const int Length = 32;

    /// <summary>Reads the key; null if there is none that can be trusted.</summary>
    /// <param name="folder">The user's state folder, which need not exist.</param>
    /// <param name="top">The top of the checkout, which must not hold the key.</param>
    public static byte[]? Find(string folder, string top)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, FileName));
            return
                file is { Exists: true, LinkTarget: null, Length: Length }
                && !RealPath.IsWithin(folder, top)
                && !PrivateFile.IsOpenToOthers(file.FullName)
                && !PrivateFile.OthersWriteTo(folder)
                ? File.ReadAllBytes(file.FullName)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the key, and creates one if there is none.</summary>
    /// <returns>Null if none can be stored.</returns>
    public static byte[]? Provide(string folder, string top)
    {
        if (Find(folder, top) is { } known)
        {
            return known;
        }

        try
        {
            if (RealPath.IsWithin(folder, top))
            {
                return null;
            }

            PrivateFile.CreateFolder(folder);
            PrivateFile.Replace(Path.Combine(folder, FileName), RandomNumberGenerator.GetBytes(Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // Another process may have created the key first; then that one is used.
        return Find(folder, top);
    }
}
