using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Retention.Evidence;

/// <summary>Something that uses an image, may use it again, or wants it kept.</summary>
/// <param name="Kind">What kind of use.</param>
/// <param name="Image">The image.</param>
/// <param name="Reason">The use as part of a sentence that begins with the image: <c>runs in Storefront (6 tasks)</c>.</param>
/// <param name="Source">Where this is from.</param>
internal sealed record ImageUse(UseKind Kind, UsedImage Image, string Reason, FactOrigin Source);

/// <summary>An image as somebody names it.</summary>
/// <param name="Host">The registry's host in its usual form; null for any, where only a digest is known.</param>
/// <param name="Repository">Null for any, where only a digest is known.</param>
/// <param name="Manifest">A tag or a digest. A tag is whatever it points to at the time.</param>
internal sealed record UsedImage(string? Host, RepositoryName? Repository, ManifestReference Manifest);

/// <summary>Kinds of use, the most pressing first, which is the order that people read them in.</summary>
internal enum UseKind
{
    /// <summary>Tasks run it, or stopped a short while ago.</summary>
    Running,

    /// <summary>A deployment under way, or what it would go back to.</summary>
    Deploying,

    /// <summary>The template of a stack names it.</summary>
    Template,

    /// <summary>A change set that waits for approval names it.</summary>
    ChangeSet,

    /// <summary>A task definition that can be started names it.</summary>
    TaskDefinition,

    /// <summary>A function, job, schedule or another service of AWS runs it.</summary>
    OtherWorkload,

    /// <summary>One of the last releases of an environment.</summary>
    Release,

    /// <summary>A lock names it.</summary>
    Lock,

    /// <summary>The configuration holds an image back to it.</summary>
    Hold,

    /// <summary>Somebody keeps it: a pattern, or <c>lading keep</c>.</summary>
    Kept,

    /// <summary>The tip of a branch, or a tag, of git needs it.</summary>
    Revision,

    /// <summary>Another registry has it from here.</summary>
    Promoted,

    /// <summary>A file or a command of references names it.</summary>
    Reference,
}
