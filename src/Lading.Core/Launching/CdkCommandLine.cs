namespace Lading.Launching;

/// <summary>The command of CDK that an app was started for. CDK does not pass it; the parent processes have it in their arguments.</summary>
internal static class CdkCommandLine
{
    private static readonly string[] Programs = ["cdk", "cdk.js", "cdk.cmd", "cdk.ps1", "aws-cdk"];

    private static readonly string[] Deploying = ["deploy", "watch", "synth", "synthesize"];

    /// <summary>All other commands of CDK, with their short names.</summary>
    private static readonly string[] Reading =
    [
        "list",
        "ls",
        "diff",
        "bootstrap",
        "gc",
        "destroy",
        "import",
        "migrate",
        "metadata",
        "rollback",
        "drift",
        "refactor",
        "flags",
        "orphan",
        "publish-assets",
        "publish",
        "context",
        "docs",
        "doc",
        "doctor",
        "notices",
        "acknowledge",
        "ack",
        "init",
        "cli-telemetry",
        "explore",
    ];

    /// <summary>
    /// Determines the purpose. A stack named like a read-only command makes the purpose read-only: if too little is
    /// published, a message says so, and publishing too much cannot be undone.
    /// </summary>
    /// <param name="isStartedByCdk">Whether the variables of the CDK CLI are set.</param>
    /// <param name="ancestors">Command lines of the parent processes.</param>
    public static CdkPurpose PurposeOf(bool isStartedByCdk, IEnumerable<IReadOnlyList<string>> ancestors)
    {
        if (!isStartedByCdk)
        {
            return CdkPurpose.Own;
        }

        foreach (var line in ancestors)
        {
            var after = line.SkipWhile(word => !Programs.Contains(Path.GetFileName(word))).Skip(1).ToList();
            if (after.Exists(Reading.Contains))
            {
                return CdkPurpose.Reading;
            }

            if (after.Exists(Deploying.Contains))
            {
                return CdkPurpose.Deploying;
            }
        }

        return CdkPurpose.Reading;
    }
}

/// <summary>The purpose of starting an app, which decides whether images may be published first.</summary>
internal enum CdkPurpose
{
    /// <summary>By hand, or by a program other than the CDK CLI.</summary>
    Own,

    /// <summary><c>cdk deploy</c>, <c>watch</c> or <c>synth</c>: missing images may be published.</summary>
    Deploying,

    /// <summary>Any other command, such as <c>cdk ls</c> and <c>cdk diff</c>, or an unknown one: nothing is published.</summary>
    Reading,
}
