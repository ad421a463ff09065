namespace Lading.Checking.Templates;

/// <summary>
/// The progress of evaluating one value of a template. Templates may contain circular references, also through other
/// stacks, nested ones and conditions, and may double their references at each step: this limits both.
/// </summary>
internal sealed class Evaluation
{
    // No real value is nested as deeply, or has as many parts.
    private const int MaxDepth = 64;
    private const int MaxSteps = 10_000;

    private int depth;
    private int steps;

    /// <summary>The result for a circular value.</summary>
    public static Resolved Circle { get; } = Resolved.Unknown("the template refers to itself in a circle");

    /// <summary>Evaluates one part.</summary>
    /// <param name="work">Evaluates the part.</param>
    /// <param name="otherwise">The result after too many steps.</param>
    public T Step<T>(Func<T> work, T otherwise)
    {
        if (depth == MaxDepth || steps == MaxSteps)
        {
            return otherwise;
        }

        depth++;
        steps++;
        try
        {
            return work();
        }
        finally
        {
            depth--;
        }
    }
}
