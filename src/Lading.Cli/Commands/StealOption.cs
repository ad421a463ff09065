using System.CommandLine;

namespace Lading.Cli.Commands;

/// <summary><c>--steal</c>: takes over another user's lease.</summary>
internal static class StealOption
{
    public static Option<bool> Create() =>
        new("--steal")
        {
            Description =
                "Take over the leases of stacks that somebody else works on. Operations that they started in CloudFormation continue.",
        };
}
