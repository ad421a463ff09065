namespace Lading.Configuration;

/// <summary>The names of a stack.</summary>
/// <param name="Path">Its path in the app, which <c>cdk ls</c> shows: <c>Prod/Shop</c> for one in a stage.</param>
/// <param name="Name">Its name in CloudFormation, <c>Prod-Shop</c>; null if it is known only at deployment.</param>
internal readonly record struct StackName(string Path, string? Name)
{
    public override string ToString() => Path;
}
