using Lading.Configuration;
using Lading.Launching;

namespace Lading.Cdk.Synthesis;

/// <summary>The environment that a stack takes its images from.</summary>
/// <param name="Environment">Null if none is named and the stack belongs to none: templates then refer to the stack's own ECR.</param>
/// <param name="Lock">The environment whose lock is read, unless the user named a lock.</param>
internal sealed record EnvironmentChoice(EnvironmentDefinition? Environment, string Lock)
{
    /// <summary>Chooses the environment that is named, or else the one that the stack belongs to, or else none.</summary>
    /// <exception cref="LadingException">The name is unknown, several environments match, or no lock does.</exception>
    public static EnvironmentChoice For(EnvironmentQuestion question) =>
        FindEnvironment(question) is { } environment
            ? new EnvironmentChoice(environment, environment.Name)
            : new EnvironmentChoice(null, OnlyLock(question));

    /// <summary>Chooses without a lock; null for the registry of whichever account the stack is deployed to.</summary>
    /// <exception cref="LadingException">The name is unknown, several environments match, or none has the stack's account.</exception>
    public static EnvironmentDefinition? FindWithoutLock(EnvironmentQuestion question) =>
        FindEnvironment(question)
        ?? (IsAgnostic(question) || RemoteNames(question) is [] ? null : throw NoMatch(question));

    /// <summary>The environment that is named, or else the one that the stack belongs to, or else null.</summary>
    private static EnvironmentDefinition? FindEnvironment(EnvironmentQuestion question)
    {
        var started = question.StartedFor is { } key ? question.Environments.GetValueOrDefault(key) : null;
        // No stack belongs to the registry of this machine: an app that is started for it is tried out with all its stacks.
        if ((question.Named ?? (started is { IsEmbedded: true } ? started.Name : null)) is { } name)
        {
            return question.Environments.TryGetValue(name, out var named)
                ? named
                : throw LadingException.Usage(
                    $"Could not find environment {name}",
                    "lading.json has none of that name",
                    $"Name one of {Join(question.Environments.Keys)}: -c {StackSettings.EnvironmentKey}=…, or the variable {CdkVariables.Environment}."
                );
        }

        var match = question.Match;
        return match switch
        {
            { Only: { } one } => one,
            { Kind: StackMatchKind.Open or StackMatchKind.None } when started is not null => started,
            _ when started is not null && match.Has(started.Name) => started,
            // Which environment the stack belongs to does not change where its images are.
            { Kind: StackMatchKind.Unlisted, Environments: [var only] } => only,
            { Kind: StackMatchKind.Open or StackMatchKind.None } => null,
            _ => throw LadingException.Usage(
                $"Could not choose an environment for stack {question.Stack}",
                match.Kind switch
                {
                    StackMatchKind.Contested => $"it is in \"stacks\" of {match.Names}",
                    StackMatchKind.Unlisted =>
                        $"{match.Names} have {question.Target}, and their \"stacks\" do not name it",
                    _ => $"{match.Names} all have {question.Target}",
                },
                match.Kind == StackMatchKind.Contested
                    ? "Correct \"stacks\" in lading.json so that one of them names it."
                    : $"Assign it in lading.json: {StackEnvironments.LinesFor(match.Environments, [question.Stack])}. Or name one: -c {StackSettings.EnvironmentKey}={match.Environments[0].Name}, or the variable {CdkVariables.Environment}."
            ),
        };
    }

    /// <summary>
    /// No environment is named, and the stack belongs to none. A lock of dev does not apply to a stack in another account, but
    /// a stack without an account may be dev's; and the lock of the embedded registry is for trying out.
    /// </summary>
    private static string OnlyLock(EnvironmentQuestion question)
    {
        var isAgnostic = IsAgnostic(question);
        var remote = RemoteNames(question);
        if (question.LockIsNamed || (remote is [] && question.Locks is []))
        {
            return EnvironmentDefinition.LocalName;
        }

        if (question.Locks is [var only] && (isAgnostic || !remote.Contains(only)))
        {
            return only;
        }

        if (!isAgnostic)
        {
            throw NoMatch(question);
        }

        throw question.Locks is []
            ? new LadingException(
                $"Could not pin the images of stack {question.Stack}",
                "there is no lock of any environment",
                $"Run 'lading publish --env {remote[0]}', or 'lading publish' to try it on this machine."
            )
            : LadingException.Usage(
                $"Could not choose a lock for stack {question.Stack}",
                $"the stack leaves its account and region open, and there are locks of {Join(question.Locks)}",
                $"Name the environment: -c {StackSettings.EnvironmentKey}={question.Locks[0]}, or the variable {CdkVariables.Environment}; or give the stack an account and a region."
            );
    }

    private static bool IsAgnostic(EnvironmentQuestion question) => !question.Target.IsKnown;

    private static List<string> RemoteNames(EnvironmentQuestion question) =>
        [
            .. question
                .Environments.Values.Where(environment => !environment.IsEmbedded)
                .Select(environment => environment.Name),
        ];

    private static LadingException NoMatch(EnvironmentQuestion question) =>
        LadingException.Usage(
            $"Could not choose an environment for stack {question.Stack}",
            $"none in lading.json has {question.Target}",
            $"Add it to lading.json, or name one of {Join(question.Environments.Keys)}: -c {StackSettings.EnvironmentKey}=…"
        );

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
