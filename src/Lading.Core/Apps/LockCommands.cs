using Lading.Configuration;

namespace Lading.Apps;

/// <summary>The commands that rewrite a lock, for messages.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="LockFile">Set if the user keeps the lock elsewhere.</param>
internal sealed record LockCommands(string Environment, string? LockFile)
{
    /// <summary>Writes the lock if everything is already in the registry.</summary>
    public string Resolve => $"lading resolve{Options}";

    /// <summary>Publishes every image.</summary>
    public string ForAll => $"lading publish{Options}";

    /// <summary>Publishes one image.</summary>
    public string For(string name) => $"lading publish {name}{Options}";

    // local is the default.
    private string Options =>
        (Environment == EnvironmentDefinition.LocalName ? "" : $" --env {Environment}")
        + (LockFile is null ? "" : $" --lock {LockFile}");
}
