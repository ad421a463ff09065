namespace Lading.Projects;

/// <summary>Which environment's images may be promoted to which other environment.</summary>
internal static class PromotionRoute
{
    /// <summary>
    /// Returns the project in the target environment, if images are promoted there from the source environment.
    /// </summary>
    /// <exception cref="LadingException">An environment does not exist, or the target gets its images from
    /// elsewhere.</exception>
    public static Project Between(Project project, string from, string to)
    {
        var target = project.In(to);
        var source = project.In(from);
        return target.Environment.PromoteFrom == from
            ? target
            : throw LadingException.Usage(
                $"Could not promote {from} to {to}",
                from == to ? "both are the same environment"
                    : target.Environment.PromoteFrom is { } other ? $"{to} takes its images from {other}"
                    : source.Environment.PromoteFrom == to
                        ? $"it is the other way round: {from} takes its images from {to}"
                    : $"{to} takes its images from no other environment",
                Advise(project, from, to)
            );
    }

    /// <summary>Suggests an order that works: never a cycle.</summary>
    private static string Advise(Project project, string from, string to)
    {
        var target = project.In(to).Environment;
        if (target.PromoteFrom is { } other)
        {
            return $"Run 'lading promote {other} {to}'.";
        }

        var receivers = project
            .Configuration.Environments.Values.Where(each => each.PromoteFrom == to)
            .Select(each => $"'lading promote {to} {each.Name}'")
            .ToList();
        if (from == to || project.In(from).Environment.PromoteFrom == to)
        {
            return receivers.Count > 0
                ? $"Run {string.Join(" or ", receivers)}; 'lading publish --env {to}' builds what {to} lacks."
                : $"Run 'lading publish --env {to}'.";
        }

        return LeadsTo(project, from, to)
            ? $"Run 'lading publish --env {to}': images go from {to} to {from}."
            : $"Run 'lading publish --env {to}', or set \"promoteFrom\": \"{from}\" of environment {to} in lading.json.";
    }

    /// <summary>Whether images are promoted to <paramref name="from"/> from <paramref name="to"/>, directly or not.</summary>
    private static bool LeadsTo(Project project, string from, string to)
    {
        // The configuration has no cycles.
        for (
            var next = project.In(from).Environment.PromoteFrom;
            next is not null;
            next = project.In(next).Environment.PromoteFrom
        )
        {
            if (next == to)
            {
                return true;
            }
        }

        return false;
    }
}
