namespace Lading.Testing.Cloud.Ecs;

/// <summary>What happens to tasks that run an image.</summary>
internal enum ImageFate
{
    /// <summary>They start and keep running.</summary>
    Runs,

    /// <summary>It cannot be pulled: <c>CannotPullContainerError</c>.</summary>
    CannotBePulled,

    /// <summary>It is built for another architecture: <c>exec format error</c>.</summary>
    IsForAnotherPlatform,

    /// <summary>Its program ends with exit code 1 soon after its start.</summary>
    Crashes,

    /// <summary>Its health check fails.</summary>
    IsUnhealthy,

    /// <summary>It needs more memory than it has: <c>OutOfMemoryError</c>.</summary>
    RunsOutOfMemory,
}
