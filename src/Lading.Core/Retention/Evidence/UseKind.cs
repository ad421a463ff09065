namespace Lading.Retention.Evidence;

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

    /// <summary>A file or a command of references names it.</summary>
    Reference,
}
