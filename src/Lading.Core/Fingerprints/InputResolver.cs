using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Resolves the inputs of one image: first it names what it needs of git, then it reads from what was found.</summary>
internal abstract class InputResolver
{
    /// <summary>Paths of files and folders, relative to the folder of <c>lading.json</c>; not all of them need exist.</summary>
    public virtual IEnumerable<string> Paths => [];

    /// <summary>Those of the paths whose content is needed, where they are files.</summary>
    public virtual IEnumerable<string> Texts => [];

    /// <summary>The trees of which every file is needed.</summary>
    public virtual IEnumerable<ObjectId> Trees(FoundPaths found) => [];

    /// <summary>The symbolic links whose targets must be known as well; asked again until all are.</summary>
    /// <exception cref="LadingException">A Dockerfile is not understood, or a link leads out of its context.</exception>
    public virtual IEnumerable<ObjectId> Links(
        FoundPaths found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) => [];

    /// <summary>Whether what follows from trees may be remembered: false where nothing does.</summary>
    public virtual bool IsRemembered => false;

    /// <summary>Makes the inputs without their files, from what is remembered.</summary>
    /// <param name="found">What each path is; the same as when the identity was computed.</param>
    /// <param name="known">What is remembered.</param>
    public virtual ScopedInputs Recall(FoundPaths found, RememberedIdentity known) =>
        throw new NotSupportedException(GetType().Name);

    /// <summary>Makes the inputs.</summary>
    /// <param name="found">What each path is.</param>
    /// <param name="trees">Has what <see cref="Trees"/> asked for.</param>
    /// <param name="targets">What the links that <see cref="Links"/> asked for point to.</param>
    /// <exception cref="LadingException">Something that is needed is not there, or not understood.</exception>
    public abstract ScopedInputs Read(
        FoundPaths found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    );
}
