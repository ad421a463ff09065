using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>What a project's own files say at one revision, or in the working tree.</summary>
/// <param name="Root">What git calls the tree: a revision, or the id of a tree.</param>
/// <param name="Commit">Null for a working tree.</param>
/// <param name="Configuration">Null where there is no <c>lading.json</c>.</param>
/// <param name="Pins">None where there is no <c>lading.bases.json</c>.</param>
internal sealed record RevisionView(string Root, ObjectId? Commit, LadingConfiguration? Configuration, BasePins Pins)
{
    /// <summary>What people call it.</summary>
    public string Display => Commit is { } commit ? commit.ToString()[..12] : "the working tree";

    /// <summary>The name of a file or folder for git; the path is relative to the folder of <c>lading.json</c>.</summary>
    public string NameOf(string path) => path is "." or "" ? $"{Root}:./" : $"{Root}:./{path}";

    /// <summary>Reads a revision; null where there is no such commit in this clone.</summary>
    public static async Task<RevisionView?> FindAsync(
        ObjectReader objects,
        string revision,
        CancellationToken cancellationToken
    )
    {
        var found = await objects
            .FindAllAsync(
                [revision + "^{commit}", $"{revision}:./{OwnFiles.Configuration}", $"{revision}:./{OwnFiles.BasePins}"],
                cancellationToken
            )
            .ConfigureAwait(false);
        if (found[0] is not { } commit)
        {
            return null;
        }

        var name = commit.Id.ToString();
        return new RevisionView(
            name,
            commit.Id,
            found[1] is { } configuration
                ? ConfigurationReader.Read(configuration.Content, $"{name[..12]}:{OwnFiles.Configuration}")
                : null,
            found[2] is { } pins
                ? BasePinsReader.Read(pins.Content, $"{name[..12]}:{OwnFiles.BasePins}")
                : BasePins.None
        );
    }
}
