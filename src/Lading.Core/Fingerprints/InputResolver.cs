using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Resolves the inputs of one image: it first says what it needs from git, then reads the result.</summary>
internal abstract class InputResolver
{
    /// <summary>Paths of files and folders, relative to the folder of <c>lading.json</c>; not all of them need exist.</summary>
    public virtual IEnumerable<string> Paths => [];

    /// <summary>The paths whose content is needed as well, if they are files.</summary>
    public virtual IEnumerable<string> Texts => [];

    /// <summary>The trees whose files are needed.</summary>
    public virtual IEnumerable<ObjectId> Trees(FoundPaths found) => [];

    /// <summary>The symbolic links whose targets are needed as well; requested again until all are known.</summary>
    /// <exception cref="LadingException">A Dockerfile cannot be parsed, or a link leads out of its context.</exception>
    public virtual IEnumerable<ObjectId> Links(
        FoundPaths found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    ) => [];

    /// <summary>Whether what follows from the trees may be remembered; false if no trees are needed.</summary>
    public virtual bool IsRemembered => false;

    /// <summary>Creates the inputs without their files, from what is remembered.</summary>
    /// <param name="found">What git has at each path; the same as when the identity was computed.</param>
    /// <param name="known">The remembered identity.</param>
    public virtual ScopedInputs Recall(FoundPaths found, RememberedIdentity known) =>
        throw new NotSupportedException(GetType().Name);

    /// <summary>Creates the inputs.</summary>
    /// <param name="found">What git has at each path.</param>
    /// <param name="trees">Has the requested <see cref="Trees"/>.</param>
    /// <param name="targets">The targets of the requested <see cref="Links"/>.</param>
    /// <exception cref="LadingException">Something that is needed does not exist, or cannot be parsed.</exception>
    public abstract ScopedInputs Read(
        FoundPaths found,
        TreeReader trees,
        IReadOnlyDictionary<ObjectId, byte[]> targets
    );
}
