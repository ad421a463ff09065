using System.CommandLine;

namespace Lading.Cli.Commands;

/// <summary><c>--steal</c>: goes on although somebody else is at a stack.</summary>
internal static class StealOption
{
    public static Option<bool> Create() =>
        new("--steal")
        {
            Description =
                "Go on although somebody else's lease says that they are at a stack, and take it over. What they began in CloudFormation goes on.",
        };
}
