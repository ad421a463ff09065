using Lading.Launching;

namespace Lading.Cdk.Synthesis;

/// <summary>The user's settings for a stack, from its context or from environment variables.</summary>
internal sealed record StackSettings
{
    public const string EnvironmentKey = "lading:env";
    public const string LockKey = "lading:lock";
    public const string StaleKey = "lading:stale";

    /// <summary>The key of the warning about an image that the stack was rolled back from.</summary>
    public const string RolledBackKey = "lading:rolledBack";
    public const string FixedKey = "lading:fixed";
    public const string RecordKey = "lading:record";

    /// <summary>The name of an environment; null if none is named.</summary>
    public string? Environment { get; init; }

    /// <summary>The path of a lock, or of a folder of locks; null for <c>.lading</c>.</summary>
    public string? Lock { get; init; }

    public StaleLock Stale { get; init; }

    /// <summary>True for snapshot tests.</summary>
    public bool Fixed { get; init; }

    /// <summary>False if stacks write no record of what they run.</summary>
    public bool Record { get; init; } = true;

    /// <summary>Reads the context of a stack, which inherits that of its stage and app.</summary>
    /// <exception cref="LadingException">A value is unknown.</exception>
    public static StackSettings Of(Func<string, object?> context, Func<string, string?> variable) =>
        new()
        {
            Environment = Text(context(EnvironmentKey), EnvironmentKey) ?? NotEmpty(variable(CdkVariables.Environment)),
            Lock = Text(context(LockKey), LockKey) ?? NotEmpty(variable(CdkVariables.Lock)),
            Stale = Text(context(StaleKey), StaleKey) switch
            {
                null or "warn" => StaleLock.Warn,
                "error" => StaleLock.Error,
                "ignore" => StaleLock.Ignore,
                var other => throw Wrong(StaleKey, other, "warn, error or ignore"),
            },
            Fixed = Flag(context(FixedKey), FixedKey) ?? false,
            Record = Flag(context(RecordKey), RecordKey) ?? true,
        };

    private static bool? Flag(object? value, string key) =>
        value switch
        {
            null or "" => null,
            false or "false" => false,
            true or "true" => true,
            _ => throw Wrong(key, value, "true or false"),
        };

    private static string? Text(object? value, string key) =>
        value switch
        {
            null => null,
            string text => NotEmpty(text),
            _ => throw Wrong(key, value, "a text"),
        };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static LadingException Wrong(string key, object value, string expected) =>
        LadingException.Usage(
            $"Could not read the context {key}",
            $"'{value}' is not {expected}",
            "Correct it in cdk.json, or on the command line (-c)."
        );
}

/// <summary>What to do about a lock that does not match HEAD.</summary>
internal enum StaleLock
{
    /// <summary>A CDK warning.</summary>
    Warn,

    /// <summary>A CDK error.</summary>
    Error,

    /// <summary>Nothing: git is not started.</summary>
    Ignore,
}
