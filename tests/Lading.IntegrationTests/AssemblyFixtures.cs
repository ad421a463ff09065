using Lading.Testing;

[assembly: AssemblyFixture(typeof(ContainerEngines))]
[assembly: AssemblyFixture(typeof(MotoServer))]
