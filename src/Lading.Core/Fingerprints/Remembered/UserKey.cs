using System.Security.Cryptography;
using Lading.Git;

namespace Lading.Fingerprints.Remembered;

/// <summary>A random key that is the user's own: what carries its mark was written by a program of this user's, and not by whoever made a checkout.</summary>
internal static class UserKey
{
    public const string FileName = "identities.key";
    private const int Length = 32;

    /// <summary>Reads the key; null if there is none to rely on.</summary>
    /// <param name="folder">The user's folder of state, which need not exist.</param>
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

    /// <summary>Reads the key, and makes one if there is none.</summary>
    /// <returns>Null if none can be kept.</returns>
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

        // Another process may have been quicker: its key counts.
        return Find(folder, top);
    }
}
